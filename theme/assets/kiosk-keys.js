// Keys on the screen for fields: Latin letters and digits, for the search knows pinyin and initials.
(function () {
  "use strict";
  var ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
  var panel = null, input = null;

  function key(words, label, act, wide) {
    var node = document.createElement("button");
    node.type = "button";
    node.textContent = words;
    node.className = wide ? "kiosk-keys__w" : "";
    if (label) node.setAttribute("aria-label", label);
    node.addEventListener("click", act);
    return node;
  }
  function told() { input.dispatchEvent(new Event("input", { bubbles: true })); }
  function type(letter) {
    if (input.maxLength > 0 && input.value.length >= input.maxLength) return;
    input.value += letter;
    told();
  }
  function send() {
    var form = input.form;
    if (!form) return hide();
    if (form.requestSubmit) form.requestSubmit();
    else form.submit();
    hide();
  }
  function hide() {
    panel.hidden = true;
    document.documentElement.removeAttribute("data-keys");
    if (input) input.blur();
    input = null;
  }
  function build() {
    panel = document.createElement("div");
    panel.className = "kiosk-keys";
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", "屏幕键盘");
    // a touch on a key must not take the focus from the field, or its suggestions close
    panel.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    panel.addEventListener("mousedown", function (event) { event.preventDefault(); });
    var say = document.createElement("p");
    say.textContent = "输入拼音或首字母就能找：“王军”写 wangjun 或 wj，“电缆”写 dianlan";
    panel.appendChild(say);
    ROWS.forEach(function (letters, at) {
      var row = document.createElement("div");
      letters.split("").forEach(function (letter) {
        row.appendChild(key(letter.toUpperCase(), "", function () { type(letter); }));
      });
      if (at === 3) row.appendChild(key("退格", "", function () { input.value = input.value.slice(0, -1); told(); }, true));
      panel.appendChild(row);
    });
    var last = document.createElement("div");
    last.append(
      key("收起", "收起键盘", hide, true),
      key("清空", "", function () { input.value = ""; told(); }, true),
      key("空格", "", function () { type(" "); }, true),
      key("检索", "", send, true)
    );
    last.lastChild.classList.add("kiosk-keys__go");
    panel.appendChild(last);
    document.body.appendChild(panel);
  }
  function show(field) {
    if (!panel) build();
    input = field;
    panel.hidden = false;
    document.documentElement.setAttribute("data-keys", "");
    field.scrollIntoView({ block: "start" });
  }
  function takes(node) { return node && node.matches && node.matches("input") && /^(text|search)$/.test(node.type); }

  document.addEventListener("focusin", function (event) { if (takes(event.target)) show(event.target); });
  document.addEventListener("focusout", function () {
    setTimeout(function () {
      if (input && document.activeElement !== input && !panel.contains(document.activeElement)) hide();
    }, 0);
  });
  if (takes(document.activeElement)) show(document.activeElement);
})();
