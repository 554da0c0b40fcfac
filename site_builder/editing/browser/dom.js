// What every part of the editor builds with: elements, requests, and words to the person at the desk.
(function () {
  "use strict";
  var editor = window.editor = {}, counter = 0;

  // h("p", {class: "quiet"}, "words", [more]): an element; text is only ever text
  editor.h = function (name, attributes) {
    var node = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (value === null || value === undefined || value === false) return;
      if (key.slice(0, 2) === "on") node.addEventListener(key.slice(2), value);
      else if (key === "value") node.value = value;
      else node.setAttribute(key, value === true ? "" : value);
    });
    editor.add(node, Array.prototype.slice.call(arguments, 2));
    return node;
  };
  editor.add = function (node, children) {
    children.forEach(function (child) {
      if (Array.isArray(child)) editor.add(node, child);
      else if (child !== null && child !== undefined && child !== "") node.append(child);
    });
    return node;
  };
  editor.fill = function (node) {
    node.replaceChildren ? node.replaceChildren() : (node.textContent = "");
    return editor.add(node, Array.prototype.slice.call(arguments, 1));
  };
  editor.button = function (words, action, more) {
    return editor.h("button", Object.assign({ type: "button", class: "btn btn--quiet", onclick: action }, more), words);
  };
  // a fault in whole sentences, each with the one sign that ends it: a question keeps its mark
  editor.words = function (fault) {
    return [fault.message, fault.hint].filter(Boolean).map(function (one) { return /[。？！]$/.test(one) ? one : one + "。"; }).join("");
  };
  editor.unique = function (stem) { counter += 1; return stem + "-" + counter; };
  editor.copy = function (value) { return JSON.parse(JSON.stringify(value)); };
  editor.later = function (action, delay) {
    var timer = 0;
    function wait() { clearTimeout(timer); timer = setTimeout(action, delay); }
    wait.now = function () { clearTimeout(timer); action(); };
    wait.stop = function () { clearTimeout(timer); };
    return wait;
  };

  // said: for screen readers; told: a notice that stays until it is answered or replaced
  editor.say = function (words) { document.getElementById("said").textContent = words; };
  editor.tell = function (words, options) {
    var box = document.getElementById("told"), choice = options || {};
    if (!words) return editor.fill(box);
    box.toggleAttribute("data-stay", Boolean(choice.stay));
    return editor.fill(box, editor.h("div", { class: "told__in" + (choice.bad ? " told--bad" : "") },
      editor.h("div", { class: "told__words" }, words.split("\n").map(function (one) { return editor.h("p", {}, one); })),
      (choice.ways || []).map(function (way) {
        return editor.button(way[0], function () { editor.tell(""); way[1](); });
      }),
      editor.button("知道了", function () { editor.tell(""); })));
  };

  // every request says that it comes from this page; what goes wrong is an Error with status, reason and hint
  editor.ask = function (method, name, given, raw) {
    var options = { method: method, headers: { "X-Exhibition": "edit" }, credentials: "same-origin" };
    if (raw) options.body = raw;
    else if (given) {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(given);
    }
    if (name === "leave") options.keepalive = true;
    return fetch("/_edit/api/" + name, options).then(function (answer) {
      return answer.json().catch(function () { return { reason: answer.status === 403 ? "forbidden" : "程序没有回答" }; }).then(function (found) {
        editor.reached(true);
        if (answer.ok) return found;
        var fault = new Error(found.reason);
        fault.status = answer.status;
        fault.hint = found.hint || "";
        fault.theirs = found.theirs;
        if (answer.status === 403 || answer.status === 421) editor.reached(false, true);
        throw fault;
      });
    }, function (fault) {
      editor.reached(false);
      fault.away = true;
      throw fault;
    });
  };
  editor.get = function (name, query) {
    var words = Object.keys(query || {}).map(function (key) { return key + "=" + encodeURIComponent(query[key]); });
    return editor.ask("GET", words.length ? name + "?" + words.join("&") : name);
  };
  editor.post = function (name, given) { return editor.ask("POST", name, given); };

  var away = false;
  editor.reached = function (well, shut) {
    if (well && away) { away = false; editor.tell("编辑程序又接上了。"); return; }
    if (well || away) return;
    away = true;
    editor.tell(shut
      ? "这个窗口的通行证失效了（编辑程序重新运行过）。您打的字都还在：请用命令行里新的网址打开，会自动恢复。"
      : "编辑程序停了，现在存不了。您打的字都留在这个浏览器里：重新运行 exhibition edit，用新的网址打开，会自动恢复。", { bad: true });
  };
  editor.failed = function (fault) {
    if (fault.away || fault.status === 403) return;
    editor.tell(editor.words(fault), { bad: true });
  };
  editor.confirm = function (question, ways) {
    return new Promise(function (answered) {
      var box = editor.h("dialog", { class: "ask", "aria-labelledby": "ask-words" }, editor.h("p", { id: "ask-words" }, question));
      var row = editor.h("div", { class: "row" });
      ways.concat([["取消", ""]]).forEach(function (way) {
        row.append(editor.button(way[0], function () { box.close(); box.remove(); answered(way[1]); }, { class: way[2] || "btn btn--quiet" }));
      });
      box.append(row);
      box.addEventListener("cancel", function () { box.remove(); answered(""); });
      document.body.append(box);
      box.showModal();
    });
  };
})();
