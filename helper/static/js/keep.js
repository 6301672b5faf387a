// Changing the language loads the page anew, at the address that it has now: what stands in its
// text fields is put back.

const KEY = "rednote-helper-kept";

export function enhanceKeep(root) {
  const form = root.querySelector(".switch form");
  const fields = [...root.querySelectorAll("main :is(textarea, [type=text], [type=search])[name]")];
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
    sessionStorage.removeItem(KEY);
    if (kept && kept.path === location.pathname) {
      for (const field of fields) {
        if (!field.value && kept.values[field.name]) {
          field.value = kept.values[field.name];
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
    }
  } catch {
    // a browser without storage keeps nothing, as it was told
  }
  form?.addEventListener("submit", () => {
    // where the switch leads: a page that answered a form has another address itself
    const { next } = form.elements;
    const path = new URL(next.value, location.href).pathname;
    // what was typed or chosen since the page came may have changed its query
    if (path === location.pathname) next.value = path + location.search;
    const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ path, values }));
    } catch {
      // as above
    }
  });
}
