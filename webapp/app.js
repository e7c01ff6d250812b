/* The Mini App: plain ES2019 for old WebViews. Everything from outside is inserted as text. */
(function () {
  'use strict';

  const SCRIPT_WAIT_MS = 3000;
  const REQUEST_TIMEOUT_MS = 25000;
  const MONTHS = ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня',
    'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'];
  const AUTHORS = { partner: 'Вы', assistant: 'Помощник', specialist: 'Специалист', bot: 'Бот' };
  const TEXTS = {
    offline: 'Нет связи. Проверьте интернет и попробуйте ещё раз.',
    broken: 'Не получилось загрузить. Попробуйте через минуту.',
    code: 'Введите код партнёра.',
    phone: 'Введите телефон целиком: 10 цифр после +7 или 8.',
  };

  const byId = (id) => document.getElementById(id);
  const launch = new URLSearchParams(location.hash.slice(1));

  /* Who: initData from the address, or from the official script when that came. */

  function telegram() {
    return (window.Telegram && window.Telegram.WebApp) || null;
  }

  function scriptSettled() {
    return new Promise((resolve) => {
      const script = byId('telegram');
      if (telegram() || !script) {
        resolve();
        return;
      }
      script.addEventListener('load', () => resolve());
      script.addEventListener('error', () => resolve());
      setTimeout(resolve, SCRIPT_WAIT_MS);
    });
  }

  async function readInitData() {
    const given = launch.get('tgWebAppData');
    if (given) return given;
    await scriptSettled();
    return (telegram() && telegram().initData) || '';
  }

  function applyTheme() {
    let params = {};
    try {
      params = JSON.parse(launch.get('tgWebAppThemeParams') || '{}') || {};
    } catch (error) {
      params = {};
    }
    const root = document.documentElement;
    Object.keys(params).forEach((name) => {
      if (/^[a-z_]+$/.test(name) && /^#[0-9a-f]{6}$/i.test(params[name])) {
        root.style.setProperty('--tg-theme-' + name.replace(/_/g, '-'), params[name]);
      }
    });
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const show = () => {
      const background = /^#[0-9a-f]{6}$/i.test(params.bg_color) ? params.bg_color : null;
      root.dataset.theme = (background ? isDark(background) : system.matches) ? 'dark' : 'light';
    };
    show();
    if (system.addEventListener) system.addEventListener('change', show);
  }

  function isDark(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  /* The API: the only place initData is sent to. */

  class ApiError extends Error {
    constructor(status, body) {
      const error = (body && body.error) || {};
      super(typeof error.message === 'string' && error.message ? error.message : TEXTS.broken);
      this.status = status;
      this.code = error.code || '';
      this.fields = error.fields || {};
    }
  }

  function apiBase() {
    const given = (window.MARKETINGBOT && window.MARKETINGBOT.api) || '';
    let url;
    try {
      url = new URL(given);
    } catch (error) {
      return null;
    }
    if (url.protocol !== 'https:' && url.origin !== location.origin) return null;
    return url.href.replace(/\/+$/, '');
  }

  async function call(session, path, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), REQUEST_TIMEOUT_MS);
    const headers = { Authorization: 'tma ' + session.initData };
    if (body) headers['Content-Type'] = 'application/json';
    let answer;
    let content = null;
    try {
      answer = await fetch(session.api + path, {
        method: body ? 'POST' : 'GET',
        headers,
        body: body ? JSON.stringify(body) : undefined,
        signal: stop.signal,
      });
      content = await answer.json().catch(() => null);
    } catch (error) {
      throw new ApiError(0, { error: { code: 'offline', message: TEXTS.offline } });
    } finally {
      clearTimeout(timer);
    }
    if (!answer.ok || !content) throw new ApiError(answer.status, content);
    return content;
  }

  /* The page: small builders, text only. */

  function el(tag, className, content) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    [].concat(content === undefined ? [] : content).forEach((part) => {
      if (part) made.append(part);
    });
    return made;
  }

  function httpsOnly(value) {
    try {
      const url = new URL(value);
      return url.protocol === 'https:' ? url.href : null;
    } catch (error) {
      return null;
    }
  }

  function day(value) {
    const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(value || '');
    if (!found || !MONTHS[found[2] - 1]) return value || '';
    const year = Number(found[1]) === new Date().getFullYear() ? '' : ' ' + found[1];
    return Number(found[3]) + ' ' + MONTHS[found[2] - 1] + year;
  }

  function isAhead(value) {
    const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(value || '');
    return Boolean(found) && new Date(Number(found[1]), found[2] - 1, Number(found[3])) > new Date();
  }

  function moment(value) {
    const found = /^\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})/.exec(value || '');
    return found ? day(value) + ', ' + found[1] : day(value);
  }

  function period(promotion) {
    const starts = day(promotion.starts);
    const ends = day(promotion.ends);
    if (starts && starts === ends) return starts;
    return [starts && 'с ' + starts, ends && 'по ' + ends].filter(Boolean).join(' ');
  }

  function skeletons(count) {
    const box = el('div', 'skeletons', el('span', 'visually-hidden', 'Загружаем…'));
    for (let index = 0; index < count; index += 1) box.append(el('div', 'skeleton'));
    return box;
  }

  function button(text, onClick) {
    const made = el('button', 'button', text);
    made.type = 'button';
    made.addEventListener('click', onClick);
    return made;
  }

  function notice(title, text, again) {
    ['loading', 'login', 'cabinet'].forEach((id) => {
      if (byId(id)) byId(id).hidden = true;
    });
    byId('notice-title').textContent = title;
    byId('notice-text').textContent = text;
    byId('notice-again').hidden = !again;
    byId('notice-again').onclick = again || null;
    byId('notice').hidden = false;
  }

  function failed(error, again) {
    if (error.status === 401) {
      notice('Откройте кабинет заново', error.message);
    } else {
      notice(error.code === 'offline' ? 'Нет связи' : 'Не получилось', error.message, again);
    }
  }

  /* The address keeps its hash: initData and the theme live there. */
  function goTo(page) {
    location.replace(page + location.search + location.hash);
  }

  /* index.html */

  async function openLogin(session) {
    byId('notice').hidden = true;
    byId('loading').hidden = false;
    let me;
    try {
      me = await call(session, '/api/me');
    } catch (error) {
      failed(error, () => openLogin(session));
      return;
    }
    if (me.authorised) {
      goTo('menu.html');
      return;
    }
    byId('loading').hidden = true;
    byId('login').hidden = false;
    byId('login').onsubmit = (event) => {
      event.preventDefault();
      logIn(session);
    };
    ['code', 'phone'].forEach((name) => byId(name).addEventListener('input', () => showFieldError(name, '')));
  }

  function showFieldError(name, text) {
    byId(name + '-error').textContent = text;
    byId(name).setAttribute('aria-invalid', text ? 'true' : 'false');
  }

  function showErrors(fields, formText) {
    const wrong = ['code', 'phone'].filter((name) => {
      const text = typeof fields[name] === 'string' ? fields[name] : '';
      showFieldError(name, text);
      return text;
    });
    byId('form-error').textContent = wrong.length ? '' : formText;
    if (wrong.length) byId(wrong[0]).focus();
  }

  function checked(code, phone) {
    const fields = {};
    if (!code) fields.code = TEXTS.code;
    if (phone.replace(/\D/g, '').length < 10) fields.phone = TEXTS.phone;
    return fields;
  }

  async function logIn(session) {
    const code = byId('code').value.trim();
    const phone = byId('phone').value.trim();
    const wrong = checked(code, phone);
    showErrors(wrong, '');
    if (Object.keys(wrong).length) return;
    const submit = byId('submit');
    submit.disabled = true;
    submit.textContent = 'Проверяем…';
    try {
      await call(session, '/api/auth', { code, phone });
      const app = telegram();
      if (app && app.HapticFeedback) app.HapticFeedback.notificationOccurred('success');
      goTo('menu.html');
    } catch (error) {
      submit.disabled = false;
      submit.textContent = 'Войти';
      if (error.status === 401) failed(error);
      else showErrors(error.fields, error.message);
    }
  }

  /* menu.html */

  const PANELS = {
    promotions: {
      load: async (session) => (await call(session, '/api/promotions')).promotions,
      show: promotionCard,
      empty: 'Сейчас акций нет. Загляните позже.',
    },
    services: {
      load: async () => (await fetch('services.json')).json(),
      show: serviceCategory,
      empty: 'Каталог пока пуст.',
    },
    appeals: {
      load: async (session) => (await call(session, '/api/appeals')).appeals,
      show: appealThread,
      empty: 'Обращений пока нет. Напишите вопрос боту в чат, и он появится здесь.',
    },
  };

  async function openMenu(session) {
    byId('notice').hidden = true;
    byId('cabinet').hidden = false;
    watchTabs(session);
    fillPanel(session, 'promotions');
    try {
      const me = await call(session, '/api/me');
      if (!me.authorised) {
        goTo('index.html');
        return;
      }
      byId('name').textContent = me.name || 'Партнёр';
    } catch (error) {
      failed(error, () => openMenu(session));
    }
  }

  function watchTabs(session) {
    const tabs = Array.from(document.querySelectorAll('[role=tab]'));
    const choose = (tab) => {
      tabs.forEach((other) => {
        const chosen = other === tab;
        other.setAttribute('aria-selected', String(chosen));
        other.tabIndex = chosen ? 0 : -1;
        byId(other.getAttribute('aria-controls')).hidden = !chosen;
      });
      fillPanel(session, tab.getAttribute('aria-controls'));
    };
    tabs.forEach((tab, index) => {
      tab.onclick = () => choose(tab);
      tab.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(index + step + tabs.length) % tabs.length];
        next.focus();
        choose(next);
      };
    });
  }

  async function fillPanel(session, name) {
    const content = byId(name).querySelector('.content');
    if (content.dataset.state === 'loading' || content.dataset.state === 'ready') return;
    content.dataset.state = 'loading';
    fill(content, [skeletons(3)]);
    try {
      const items = (await PANELS[name].load(session)) || [];
      content.dataset.state = 'ready';
      fill(content, items.length ? items.map(PANELS[name].show) : [el('p', 'state muted', PANELS[name].empty)]);
    } catch (error) {
      content.dataset.state = 'failed';
      const text = error instanceof ApiError ? error.message : TEXTS.broken;
      fill(content, [el('div', 'state', [el('p', '', text), button('Повторить', () => fillPanel(session, name))])]);
    }
  }

  function fill(content, children) {
    content.textContent = '';
    children.forEach((child) => content.append(child));
  }

  function promotionCard(promotion) {
    const badges = el('div', 'badges');
    if (promotion.kind) badges.append(el('span', 'badge', capitalised(promotion.kind)));
    if (isComing(promotion)) badges.append(el('span', 'badge', 'Скоро'));
    else if (promotion.status === 'Активна') badges.append(el('span', 'badge badge-active', 'Идёт сейчас'));
    const body = el('div', 'body', [badges, el('h3', '', promotion.title)]);
    if (period(promotion)) body.append(el('p', 'period small muted', period(promotion)));
    if (promotion.description) body.append(el('p', 'description', promotion.description));
    const link = httpsOnly(promotion.link);
    if (link) body.append(outwardLink(link));
    const card = el('article', 'card', [picture(promotion.image), body]);
    card.dataset.id = promotion.id;
    return card;
  }

  /* Released (the API lists nothing else), and not begun: by its first day, without one by its status. */
  function isComing(promotion) {
    return promotion.starts ? isAhead(promotion.starts) : promotion.status === 'Ожидает';
  }

  function picture(address) {
    const source = httpsOnly(address);
    if (!source) return null;
    const image = el('img');
    image.alt = '';
    image.loading = 'lazy';
    image.referrerPolicy = 'no-referrer';
    image.addEventListener('error', () => image.remove());
    image.src = source;
    return image;
  }

  /* The text in parts, each address that stands alone between blanks as a link. */
  function withLinks(text) {
    return String(text || '').split(/(\s+)/).map((word) => {
      const found = /^https:\/\/.*[^.,;:!?)\]»"']/.exec(word);
      const address = found && httpsOnly(found[0]);
      return address ? el('span', '', [outwardLink(address, found[0]), word.slice(found[0].length)]) : word;
    });
  }

  function outwardLink(address, label) {
    const link = el('a', 'link', label || 'Подробнее');
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    link.addEventListener('click', (event) => {
      const app = telegram();
      if (!app || !app.initData) return;
      event.preventDefault();
      app.openLink(address);
    });
    return link;
  }

  function serviceCategory(category) {
    const icon = el('span', 'icon', category.icon);
    icon.setAttribute('aria-hidden', 'true');
    const summary = el('summary', '', [icon, el('span', 'grow', category.title)]);
    return el('details', '', [summary, el('ul', '', category.items.map((item) => el('li', '', item)))]);
  }

  function appealThread(appeal) {
    const when = appeal.updated ? ' · ' + moment(appeal.updated) : '';
    const small = el('span', 'summary-small', (appeal.status || '') + when);
    const summary = el('summary', '', el('span', 'grow', ['№ ' + appeal.number, small]));
    const lines = (appeal.lines || []).map((line) => {
      const author = AUTHORS[line.author] || line.author || '';
      const head = [author, moment(line.at)].filter(Boolean).join(' · ');
      const mine = line.author === 'partner' ? ' line-partner' : '';
      return el('div', 'line' + mine, [el('p', 'small muted', head), el('p', 'text', withLinks(line.text))]);
    });
    return el('details', '', [summary, el('div', 'thread', lines)]);
  }

  function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  async function start() {
    applyTheme();
    scriptSettled().then(() => {
      const app = telegram();
      if (app && app.initData) {
        app.ready();
        app.expand();
      }
    });
    const session = { initData: await readInitData(), api: apiBase() };
    if (!session.initData) {
      notice('Откройте кабинет в Telegram', 'Найдите чат с ботом поддержки партнёров и нажмите «Войти» или кнопку меню рядом с полем ввода.');
    } else if (!session.api) {
      notice('Кабинет ещё не подключён', 'Напишите боту в чат: помощник ответит и без кабинета.');
    } else if (document.body.dataset.page === 'menu') {
      openMenu(session);
    } else {
      openLogin(session);
    }
  }

  start();
}());
