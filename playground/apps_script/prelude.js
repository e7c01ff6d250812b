// Run before the script: makes the services from the tables that Python gives, and returns the way to call a function.
(function (call, tables, services, now) {
  const fakes = new Map();
  const numbers = new WeakMap();
  const enums = new Map();

  function enumValue(type, name) {
    const key = `${type}.${name}`;
    if (!enums.has(key)) {
      enums.set(key, Object.freeze({ toString: () => name, toJSON: () => name, ordinal: () => tables.enums[type].indexOf(name), $enum: [type, name] }));
    }
    return enums.get(key);
  }

  function unknown(type, name) {
    throw new TypeError(`${type}.${name} is not a function`);
  }

  function fake(number, type) {
    if (fakes.has(number)) {
      return fakes.get(number);
    }
    const members = new Map();
    for (const name of tables.methods[type]) {
      members.set(name, (...args) => invoke(number, name, args));
    }
    for (const name of tables.properties[type]) {
      const values = tables.enums[`${type}.${name}`];
      members.set(name, Object.freeze(Object.fromEntries(values.map((value) => [value, enumValue(`${type}.${name}`, value)]))));
    }
    members.set('toString', () => type.split('.').pop());
    const proxy = new Proxy({}, {
      get(target, name) {
        if (typeof name === 'symbol' || name === 'toJSON' || name === 'then' || name === 'constructor') {
          return undefined;
        }
        return members.has(name) ? members.get(name) : unknown(type, name);
      },
      set(target, name) {
        throw new TypeError(`Cannot add property ${String(name)}, object is not extensible`);
      },
    });
    fakes.set(number, proxy);
    numbers.set(proxy, number);
    return proxy;
  }

  function encode(value) {
    if (value === null || value === undefined) {
      return null;
    }
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : { $number: String(value).replace('Infinity', 'inf') };
      case 'function':
        return { $function: true };
    }
    if (numbers.has(value)) {
      return { $fake: numbers.get(value) };
    }
    if (value instanceof Date) {
      return { $date: value.getTime() };
    }
    if (Array.isArray(value)) {
      return value.map(encode);
    }
    if (value.$enum) {
      return { $enum: value.$enum };
    }
    if (value instanceof Error) {
      return String(value);
    }
    return { $object: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)])) };
  }

  function decode(raw) {
    if (raw === null || typeof raw !== 'object') {
      return raw;
    }
    if (Array.isArray(raw)) {
      return raw.map(decode);
    }
    if (raw.$number) {
      return Number(raw.$number.replace('inf', 'Infinity'));
    }
    if (raw.$date !== undefined) {
      return new Date(raw.$date);
    }
    if (raw.$enum) {
      return enumValue(...raw.$enum);
    }
    if (raw.$fake) {
      return fake(...raw.$fake);
    }
    return Object.fromEntries(Object.entries(raw.$object).map(([key, item]) => [key, decode(item)]));
  }

  function invoke(number, name, args) {
    const answer = JSON.parse(call(number, name, JSON.stringify(args.map(encode))));
    if (answer.error) {
      const error = answer.error[0] === 'TypeError' ? new TypeError(answer.error[1]) : new Error(answer.error[1]);
      error.name = answer.error[0];
      throw error;
    }
    return decode(answer.value);
  }

  for (const [name, [number, type]] of Object.entries(services)) {
    globalThis[name] = fake(number, type);
  }

  // Google's engine has none of these.
  for (const name of ['performance', 'btoa', 'atob', 'queueMicrotask', 'DOMException', 'navigator', 'gc']) {
    delete globalThis[name];
  }

  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args) => (args.length ? new target(...args) : new target(now())),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? () => now() : target[name]),
  });

  return function (name, args) {
    if (typeof globalThis[name] !== 'function') {
      return JSON.stringify({ error: `Script function not found: ${name}`, stack: '' });
    }
    try {
      globalThis[name](...JSON.parse(args).map(decode));
      return '{}';
    } catch (error) {
      return JSON.stringify({ error: String(error), stack: String((error && error.stack) || '') });
    }
  };
})
