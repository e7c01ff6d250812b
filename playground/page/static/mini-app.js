/** The Mini App over the chat, as Telegram Web hosts it: launch parameters in the hash, messages both ways. */

import { get } from "./api.js";
import { reachable } from "./entities.js";
import * as events from "./events.js";

const panel = document.querySelector("#mini-app");
const frame = panel.querySelector("iframe");
const mainButton = document.querySelector("#mini-app-main");
const secondaryButton = document.querySelector("#mini-app-secondary");
const backButton = document.querySelector("#mini-app-back");
const THEME = {
  bg_color: "#ffffff", text_color: "#1c2430", hint_color: "#667085", link_color: "#2678b6",
  button_color: "#2678b6", button_text_color: "#ffffff", secondary_bg_color: "#f2f4f8",
};
const NO_INSETS = { top: 0, right: 0, bottom: 0, left: 0 };

let owner = null;

export async function open(url, person) {
  owner = person;
  const launched = new URL(url, location.href);
  const parameter = launched.searchParams.get("startapp") ?? "";
  const { init_data: initData } = await get(
    `/telegram/users/${person.id}/init-data?start_param=${encodeURIComponent(parameter)}`);
  const hash = new URLSearchParams({
    tgWebAppData: initData, tgWebAppVersion: "8.0", tgWebAppPlatform: "web",
    tgWebAppThemeParams: JSON.stringify(THEME),
  });
  close();
  // a change of the hash alone would not load the page again
  launched.searchParams.set("opened", Date.now());
  launched.hash = hash.toString();
  frame.src = launched.href;
  panel.hidden = false;
}

export function close() {
  panel.hidden = true;
  frame.removeAttribute("src");
  mainButton.hidden = secondaryButton.hidden = backButton.hidden = true;
}

const contact = async () =>
  (await get(`/telegram/users/${owner.id}/contact?phone=${encodeURIComponent(owner.phone)}`)).contact;

function setUp(button, { is_visible: visible, is_active: active, is_progress_visible: busy, text }) {
  button.hidden = !visible;
  button.disabled = active === false || Boolean(busy);
  button.textContent = text ?? "";
}

function answer(eventType, eventData = {}) {
  frame.contentWindow.postMessage(JSON.stringify({ eventType, eventData }), "*");
}

const HANDLERS = {
  web_app_ready: () => {},
  web_app_expand: () => {},
  iframe_ready: () => answer("set_custom_style", ""),
  web_app_close: close,
  web_app_request_theme: () => answer("theme_changed", { theme_params: THEME }),
  web_app_request_viewport: () => answer("viewport_changed", {
    height: frame.clientHeight, width: frame.clientWidth, is_state_stable: true, is_expanded: true,
  }),
  web_app_request_safe_area: () => answer("safe_area_changed", NO_INSETS),
  web_app_request_content_safe_area: () => answer("content_safe_area_changed", NO_INSETS),
  web_app_setup_main_button: (wanted) => setUp(mainButton, wanted),
  web_app_setup_secondary_button: (wanted) => setUp(secondaryButton, wanted),
  web_app_setup_back_button: ({ is_visible: visible }) => { backButton.hidden = !visible; },
  web_app_open_link: ({ url }) => window.open(reachable(url), "_blank", "noopener"),
  web_app_open_tg_link: ({ path_full: path }) => window.open(`https://t.me${path}`, "_blank", "noopener"),
  web_app_open_popup: ({ title, message, buttons }) => {
    const agreed = window.confirm([title, message].filter(Boolean).join("\n"));
    answer("popup_closed", agreed && buttons?.length ? { button_id: buttons[0].id } : {});
  },
  web_app_request_phone: () => {
    const agreed = owner.phone && window.confirm(`Передать номер ${owner.phone}?`);
    answer("phone_requested", { status: agreed ? "sent" : "cancelled" });
  },
  web_app_invoke_custom_method: async ({ req_id: request, method }) => answer("custom_method_invoked",
    method === "getRequestedContact" ? { req_id: request, result: await contact() }
      : { req_id: request, error: "METHOD_INVALID" }),
};
const DECORATION = new RegExp("^(iframe_will_reload|web_app_(set_(header|background|bottom_bar)_color|"
  + "trigger_haptic_feedback|setup_(closing|swipe)_behavior|setup_settings_button))$");

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || typeof event.data !== "string") return;
  const { eventType, eventData } = parsed(event.data);
  if (Object.hasOwn(HANDLERS, eventType)) HANDLERS[eventType](eventData ?? {});
  // Telegram's clients ignore what they do not know: the person at the phone sees nothing of it
  else if (!DECORATION.test(eventType)) events.note("mini-app", `not known here: ${eventType}`, { asked: event.data });
});

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

mainButton.addEventListener("click", () => answer("main_button_pressed"));
secondaryButton.addEventListener("click", () => answer("secondary_button_pressed"));
backButton.addEventListener("click", () => answer("back_button_pressed"));
document.querySelector("#mini-app-close").addEventListener("click", close);
