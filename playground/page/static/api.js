/** Calls to the playground; a refusal is shown at the foot of the page and thrown. */

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);

async function call(method, path, body) {
  const request = { method, headers: {} };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, request);
  const text = await response.text();
  if (!response.ok) {
    const problem = `${method} ${path}: ${response.status} ${text.slice(0, 300)}`;
    tell(problem);
    throw new Error(problem);
  }
  return text ? JSON.parse(text) : null;
}

let hiding;

export function tell(problem) {
  const place = document.querySelector("#problem");
  place.textContent = problem;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { place.hidden = true; }, 6000);
}
