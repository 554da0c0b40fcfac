// The text of an entry: a plain field with a row of buttons that put marks of Markdown where one writes.
(function (editor) {
  "use strict";
  var h = editor.h;

  function put(area, text, from, to) {
    area.focus();
    area.setSelectionRange(from, to);
    // the one way that the browser's own undo knows
    if (!document.execCommand || !document.execCommand("insertText", false, text)) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  function around(area, before, after, sample) {
    var from = area.selectionStart, to = area.selectionEnd, text = area.value.slice(from, to) || sample;
    put(area, before + text + after, from, to);
    area.setSelectionRange(from + before.length, from + before.length + text.length);
  }
  function lines(area, mark, sample) {
    var from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, to = area.selectionEnd;
    var text = area.value.slice(from, to) || sample;
    put(area, text.split("\n").map(function (line) { return mark + line; }).join("\n"), from, to);
  }
  function block(area, text) {
    var at = area.selectionEnd, before = area.value.slice(0, at), lead = !before || /\n\n$/.test(before) ? "" : /\n$/.test(before) ? "\n" : "\n\n";
    put(area, lead + text + "\n\n", at, at);
  }

  editor.bodyEditor = function (value, kind, changed, toPictures) {
    var area = h("textarea", { id: "body", class: "body", rows: 12, value: value, spellcheck: "false", oninput: changed });
    var tools = [
      ["小标题", function () { lines(area, "## ", "小标题"); }],
      ["加重", function () { around(area, "**", "**", "要紧的话"); }],
      ["列表", function () { lines(area, "- ", "一项"); }],
      ["链接", function () { around(area, "[", "](https://)", "写明去哪里"); }],
      ["表格", function () { block(area, "| 项目 | 之前 | 之后 |\n| --- | --- | --- |\n| | | |"); }],
      ["图片", toPictures]
    ];
    if (kind === "story") tools.push(["嵌入条目", function () { embed(area); }]);
    var bar = h("div", { class: "row tools", role: "group", "aria-label": "正文的格式" }, tools.map(function (one) { return editor.button(one[0], one[1]); }));
    var node = h("div", { class: "field field--body" }, h("label", { for: "body" }, "正文"),
      h("p", { class: "field__help", id: "body-help" }, "空一行就是新的一段。选中文字再点按钮，就给它加上格式。"), bar, area, h("p", { class: "field__fault", id: "body-fault", hidden: true }));
    area.setAttribute("aria-describedby", "body-help body-fault");
    node.fault = node.lastChild;
    node.input = area;
    return { node: node, read: function () { return area.value; }, focus: function () { area.focus(); } };
  };

  function embed(area) {
    var wanted = h("input", { type: "text", id: "embed-wanted", autocomplete: "off" }), found = h("ul", { class: "found" });
    var box = h("dialog", { class: "ask", "aria-labelledby": "embed-words" }, h("label", { id: "embed-words", for: "embed-wanted" }, "要嵌入哪个条目？写名称里的几个字"), wanted, found,
      h("div", { class: "row" }, editor.button("取消", close)));
    function close() { box.close(); box.remove(); area.focus(); }
    var search = editor.later(function () {
      var kinds = editor.about.kinds.map(function (one) { return one.name; }).filter(function (one) { return one !== "vocabulary"; });
      editor.get("suggest", { kinds: kinds.join(","), q: wanted.value }).then(function (answer) {
        editor.fill(found, answer.found.map(function (one) {
          return h("li", {}, editor.button(one.title + "（" + editor.kindNamed(one.kind).label + "）", function () {
            close();
            block(area, "[[展品: " + one.kind + "/" + one.id + "]]");
          }));
        }));
      }).catch(editor.failed);
    }, 200);
    wanted.addEventListener("input", search);
    box.addEventListener("cancel", function () { box.remove(); });
    document.body.append(box);
    box.showModal();
    search();
  }
})(window.editor);
