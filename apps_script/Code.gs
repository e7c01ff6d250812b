/**
 * MarketingBot, таблица обращений: сообщает в Pub/Sub, какие обращения изменил человек.
 *
 * An installable trigger, because a simple onEdit may not call UrlFetchApp. It says which rows changed,
 * never what stands in them: whoever hears it reads the rows and does everything that is due.
 */

const COLUMNS = { reply: 'Ответ специалиста', status: 'Статус', id: 'id' };
const RECEIPT_COLUMN = 'Доставка';
const APPEALS_TAB = 'Обращения';
const ARCHIVE_TAB = 'Архив';
const WILL_REPEAT = 'повторится';
const APPEALS_IN_A_MESSAGE = 500;
const PAUSE_BEFORE_RETRY_MS = 1000;

// Characters that nobody sees, the same as in shared/domain/invisible.py, and the rule for titles, spelt out character
// by character as in shared/domain/titles.py: `\s` is another set there.
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{13430}-\u{13440}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** Simple trigger: the menu, and nothing that needs a permission. */
function onOpen() {
  SpreadsheetApp.getUi()
    .createMenu('MarketingBot')
    .addItem('Подключить таблицу', 'installTrigger')
    .addToUi();
}

/** Menu «Подключить таблицу»: creates the trigger once, tries it with an empty message, says what is missing. */
function installTrigger() {
  const missing = missingForInstallation();
  if (missing.length > 0) {
    tell('Таблица не подключена. Не хватает:\n• ' + missing.join('\n• ') + '\nИсправьте и выберите «Подключить таблицу» ещё раз.');
    return;
  }
  const spreadsheet = SpreadsheetApp.getActive();
  const installed = ScriptApp.getProjectTriggers().some(
    (trigger) => trigger.getHandlerFunction() === 'onSheetEdit' && trigger.getTriggerSourceId() === spreadsheet.getId()
  );
  if (!installed) {
    ScriptApp.newTrigger('onSheetEdit').forSpreadsheet(spreadsheet).onEdit().create();
  }
  const trouble = publish([editedMessage([], '')]);
  if (trouble) {
    tell('Триггер есть, но пробное сообщение не ушло: ' + trouble + '\n' + advice(trouble));
  } else {
    tell(installed ? 'Таблица уже подключена, пробное сообщение ушло.' : 'Таблица подключена, пробное сообщение ушло.');
  }
}

/**
 * Installable trigger «при редактировании»: one publish for everything that was edited at once.
 *
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 */
function onSheetEdit(e) {
  const sheet = e.range.getSheet();
  const columns = columnsOf(sheet);
  if (!columns) {
    return;
  }
  const rows = editedRows(e.range, sheet);
  const edited = ['reply', 'status'].filter((name) => covers(e.range, columns[name]));
  if (rows.count === 0 || edited.length === 0) {
    return;
  }
  const appeals = appealsIn(sheet, columns, rows, edited);
  const replies = shown(sheet, rows, columns.reply);
  if (edited.includes('reply') && wasTyped(e, replies)) {
    appeals[0].by_hand = true;
  }
  if (edited.includes('reply')) {
    // of one cell Google tells what this person typed: another one may have typed over it since
    appeals.forEach((appeal, index) => notePrint(appeal, typeof e.value === 'string' ? typed(e.value) : replies[index]));
  }
  const editor = emailOf(e.user);
  const messages = [];
  for (let start = 0; start < appeals.length; start += APPEALS_IN_A_MESSAGE) {
    messages.push(editedMessage(appeals.slice(start, start + APPEALS_IN_A_MESSAGE), editor));
  }
  const trouble = publishTwice(messages);
  if (trouble) {
    console.error('Pub/Sub не принял сообщение о строках ' + rows.first + '–' + (rows.first + rows.count - 1) + ': ' + trouble);
    promiseToRepeat(sheet, appeals, replies);
  }
}

/**
 * Where our columns stand, from 1; null on a tab that is not the appeals. The archive has the same columns, and so has
 * a copy of the tab: while there is a tab of the name, no other is the appeals.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @returns {?Object<string, number>}
 */
function columnsOf(sheet) {
  const width = sheet.getLastColumn();
  const title = sheet.getName();
  const isOther = title === ARCHIVE_TAB || (title !== APPEALS_TAB && sheet.getParent().getSheetByName(APPEALS_TAB));
  if (width === 0 || isOther) {
    return null;
  }
  const header = sheet.getRange(1, 1, 1, width).getDisplayValues()[0].map(plainTitle);
  /** @type {Object<string, number>} */
  const columns = { receipt: header.indexOf(RECEIPT_COLUMN) + 1 };
  for (const [name, title] of Object.entries(COLUMNS)) {
    columns[name] = header.indexOf(title) + 1;
    if (columns[name] === 0) {
      return null;
    }
  }
  return columns;
}

/**
 * The title as the bot knows it: one space between words, nobody sees the rest.
 *
 * @param {string} cell
 * @returns {string}
 */
function plainTitle(cell) {
  return cell.normalize('NFC').replace(INVISIBLE, '').replace(SPACES, ' ').replace(/^ | $/g, '');
}

/**
 * The edited rows that hold anything, without the header.
 *
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @returns {{first: number, count: number}}
 */
function editedRows(range, sheet) {
  const first = Math.max(range.getRow(), 2);
  const last = Math.min(range.getLastRow(), sheet.getLastRow());
  return { first: first, count: Math.max(last - first + 1, 0) };
}

/**
 * Whether a person typed into one cell what the reply cell of that row shows. Google tells the value of a single cell
 * only, and not of a paste; after a sort another reply is shown there, as a rule.
 *
 * @param {GoogleAppsScript.Events.SheetsOnEdit} e
 * @param {string[]} replies what the edited rows show
 * @returns {boolean}
 */
function wasTyped(e, replies) {
  return typeof e.value === 'string' && typed(e.value) !== '' && typed(e.value) === replies[0];
}

/**
 * Notes a short hash of the reply, so that the receipt names nobody for another one's words: FNV-1a of its UTF-16
 * units, as typed_print in shared/domain/events.py.
 *
 * @param {{print?: string}} appeal
 * @param {string} reply
 */
function notePrint(appeal, reply) {
  if (reply === '') {
    return;
  }
  let hash = 0x811c9dc5;
  for (let at = 0; at < reply.length; at++) {
    hash = Math.imul(hash ^ reply.charCodeAt(at), 0x01000193) >>> 0;
  }
  appeal.print = hash.toString(16).padStart(8, '0');
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {number} column
 * @returns {boolean}
 */
function covers(range, column) {
  return range.getColumn() <= column && column <= range.getLastColumn();
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {Object<string, number>} columns
 * @param {{first: number, count: number}} rows
 * @param {string[]} edited
 * @returns {{id: string, row: number, by_hand?: boolean, print?: string}[]}
 */
function appealsIn(sheet, columns, rows, edited) {
  const ids = shown(sheet, rows, columns.id);
  const statuses = edited.includes('status') ? shown(sheet, rows, columns.status) : null;
  return ids.map((id, index) => {
    const appeal = { id: id, row: rows.first + index, edited: edited };
    return statuses ? { ...appeal, status: statuses[index] } : appeal;
  });
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {{first: number, count: number}} rows
 * @param {number} column
 * @returns {string[]}
 */
function shown(sheet, rows, column) {
  return sheet.getRange(rows.first, column, rows.count, 1).getDisplayValues().map((row) => typed(row[0]));
}

/**
 * What a person typed, without white space around it; empty where nobody sees any of it.
 *
 * @param {string} cell
 * @returns {string}
 */
function typed(cell) {
  return cell.replace(INVISIBLE, '').trim() === '' ? '' : cell.trim();
}

/**
 * The editor's address, where Google gives it away (within one organisation).
 *
 * @param {GoogleAppsScript.Base.User=} user
 * @returns {string}
 */
function emailOf(user) {
  try {
    return (user && user.getEmail()) || '';
  } catch (error) {
    return '';
  }
}

/**
 * @param {Object[]} appeals
 * @param {string} editor
 * @returns {Object}
 */
function editedMessage(appeals, editor) {
  const kind = 'appeals.edited';
  const body = JSON.stringify({ kind: kind, appeals: appeals, editor: editor, at: new Date().toISOString() });
  return { data: Utilities.base64Encode(body, Utilities.Charset.UTF_8), attributes: { kind: kind } };
}

/**
 * @param {Object[]} messages
 * @returns {string} what went wrong, empty when all is well
 */
function publishTwice(messages) {
  const trouble = publish(messages);
  if (!trouble) {
    return '';
  }
  Utilities.sleep(PAUSE_BEFORE_RETRY_MS);
  return publish(messages);
}

/**
 * @param {Object[]} messages
 * @returns {string} what went wrong, empty when all is well
 */
function publish(messages) {
  try {
    const properties = PropertiesService.getScriptProperties();
    const topic = 'projects/' + properties.getProperty('PROJECT_ID') + '/topics/' + properties.getProperty('TOPIC');
    const response = UrlFetchApp.fetch('https://pubsub.googleapis.com/v1/' + topic + ':publish', {
      method: 'post',
      contentType: 'application/json',
      headers: { Authorization: 'Bearer ' + ScriptApp.getOAuthToken() },
      payload: JSON.stringify({ messages: messages }),
      muteHttpExceptions: true,
    });
    const code = response.getResponseCode();
    return code === 200 ? '' : code + ' ' + response.getContentText().slice(0, 300);
  } catch (error) {
    return String(error);
  }
}

/**
 * Says beside the edited rows that the sweep will find them, over any receipt: none of them is about what stands there
 * now. Rows and columns are found anew, because they may have been moved while the publish failed.
 *
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {{id: string, row: number}[]} appeals as they were published
 * @param {string[]} replies what stood in their reply cells
 */
function promiseToRepeat(sheet, appeals, replies) {
  const columns = columnsOf(sheet);
  const below = { first: 2, count: sheet.getLastRow() - 1 };
  if (!columns || !columns.receipt || below.count < 1) {
    return;
  }
  const rows = rowsNow(appeals, replies, shown(sheet, below, columns.id), shown(sheet, below, columns.reply));
  for (let start = 0, end = 1; start < rows.length; start = end++) {
    while (end < rows.length && rows[end] === rows[end - 1] + 1) {
      end++;
    }
    const promised = rows.slice(start, end).map(() => [WILL_REPEAT]);
    sheet.getRange(rows[start], columns.receipt, end - start, 1).setValues(promised);
  }
}

/**
 * Where the edited replies stand now, from the top down: beside their id; a row without id only at its own number.
 * A reply that was changed meanwhile has an event of its own.
 *
 * @param {{id: string, row: number}[]} appeals
 * @param {string[]} replies
 * @param {string[]} idsNow of row 2 and below
 * @param {string[]} repliesNow
 * @returns {number[]}
 */
function rowsNow(appeals, replies, idsNow, repliesNow) {
  /** @type {Map<string, number[]>} */
  const rowsOf = new Map();
  idsNow.forEach((id, index) => {
    const rows = rowsOf.get(id) || [];
    rows.push(index + 2);
    rowsOf.set(id, rows);
  });
  const found = appeals.flatMap((appeal, index) => {
    const candidates = appeal.id ? rowsOf.get(appeal.id) || [] : idsNow[appeal.row - 2] === '' ? [appeal.row] : [];
    return candidates.filter((row) => repliesNow[row - 2] === replies[index]);
  });
  return [...new Set(found)].sort((one, other) => one - other);
}

/**
 * @returns {string[]}
 */
function missingForInstallation() {
  const properties = PropertiesService.getScriptProperties();
  const missing = ['PROJECT_ID', 'TOPIC']
    .filter((name) => !properties.getProperty(name))
    .map((name) => 'свойство скрипта ' + name + ' («Настройки проекта» → «Свойства скрипта»)');
  const found = SpreadsheetApp.getActive().getSheets().map(columnsOf).filter(Boolean);
  if (!found.some((columns) => columns && columns.receipt)) {
    missing.push('лист со столбцами «' + [...Object.values(COLUMNS), RECEIPT_COLUMN].join('», «') + '»');
  }
  return missing;
}

/**
 * @param {string} trouble
 * @returns {string}
 */
function advice(trouble) {
  if (trouble.startsWith('403')) {
    return 'Дайте себе роль «Издатель Pub/Sub» (roles/pubsub.publisher) и привяжите скрипт к проекту Google Cloud.';
  }
  if (trouble.startsWith('404')) {
    return 'Проверьте свойства скрипта PROJECT_ID и TOPIC: такого проекта или такой темы нет.';
  }
  return 'Попробуйте ещё раз через несколько минут.';
}

/**
 * In a dialog; from the script editor, where there is none, in the log.
 *
 * @param {string} text
 */
function tell(text) {
  try {
    SpreadsheetApp.getUi().alert('MarketingBot', text, SpreadsheetApp.getUi().ButtonSet.OK);
  } catch (error) {
    console.log(text);
  }
}
