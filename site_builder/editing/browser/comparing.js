// Two versions of an entry come in, each changed since the same third one; field by field the editor chooses, nothing is decided for them.
(function (editor) {
  "use strict";
  var h = editor.h;

  function canon(value) {
    if (Array.isArray(value)) return value.map(canon).filter(function (one) { return !editor.isEmpty(one); });
    if (value && typeof value === "object") {
      var found = {};
      Object.keys(value).sort().forEach(function (key) { var one = canon(value[key]); if (!editor.isEmpty(one)) found[key] = one; });
      return found;
    }
    return value === null || value === undefined ? "" : value;
  }
  editor.same = function (one, other) {
    var a = canon(one), b = canon(other);
    return (editor.isEmpty(a) && editor.isEmpty(b)) || JSON.stringify(a) === JSON.stringify(b);
  };

  // a value as lines that can be read
  function lines(value, depth) {
    if (editor.isEmpty(value)) return "（没有写）";
    if (Array.isArray(value)) return value.map(function (one) { return (depth ? "  " : "") + "· " + lines(one, 1); }).join("\n");
    if (typeof value === "object") return Object.keys(value).map(function (key) { return lines(value[key], 1); }).join("　");
    return String(value);
  }

  /* mine: {fields, body, text, base: {fields, body, text}} with changed fields only; theirs: a copy.
     Answers {fields, body, text} to lay over theirs, or null where the editor turned away. */
  editor.compare = function (mine, theirs, form) {
    var clashes = [], kept = { fields: {} }, others = [], base = mine.base;
    function weigh(name, label, ours, their, former, keep) {
      if (ours === undefined || ours === null) { if (!editor.same(their, former)) others.push(label); return; }
      if (editor.same(ours, their)) return;
      if (editor.same(their, former)) { keep(ours); return; }
      clashes.push({ label: label, ours: ours, theirs: their, keep: keep });
    }
    if (mine.text !== undefined && mine.text !== null) {
      weigh("text", "源文件", mine.text, theirs.text, base.text, function (value) { kept.text = value; });
    } else {
      form.forEach(function (field) {
        weigh(field.name, field.label, mine.fields[field.name], theirs.fields[field.name], base.fields[field.name], function (value) { kept.fields[field.name] = value; });
      });
      weigh("body", "正文", mine.body, theirs.body, base.body, function (value) { kept.body = value; });
    }
    kept.others = others;
    return clashes.length ? chosen(clashes, kept) : Promise.resolve(kept);
  };

  function chosen(clashes, kept) {
    return new Promise(function (answered) {
      var box = h("dialog", { class: "compare", "aria-labelledby": "compare-title" });
      var picks = clashes.map(function (one, at) {
        var name = "pick-" + at;
        function side(words, value, checked) {
          var input = h("input", { type: "radio", name: name, value: checked ? "mine" : "theirs" });
          input.checked = checked;
          return h("div", { class: "compare__side" }, h("label", { class: "tick" }, input, h("span", {}, words)), h("pre", { tabindex: 0, "aria-label": one.label + "：" + words }, lines(value, 0)));
        }
        return h("fieldset", { class: "compare__one" }, h("legend", {}, one.label), side("用我写的", one.ours, true), side("用别处写的", one.theirs, false));
      });
      function close(value) { box.close(); box.remove(); answered(value); }
      editor.add(box, [
        h("h2", { id: "compare-title" }, "两边都改了"),
        h("p", {}, "您改的时候，这个条目在别处也被改过。下面 " + clashes.length + " 项两边写得不一样，请逐项选一个；别的改动都已并在一起。选好以后还没有保存，可以再看一看。"),
        picks,
        h("div", { class: "row" },
          editor.button("并在一起", function () {
            clashes.forEach(function (one, at) { if (box.querySelector("[name=pick-" + at + "]:checked").value === "mine") one.keep(one.ours); });
            close(kept);
          }, { class: "btn" }),
          editor.button("先不管，回去接着改", function () { close(null); }))
      ]);
      box.addEventListener("cancel", function () { box.remove(); answered(null); });
      document.body.append(box);
      box.showModal();
    });
  }
})(window.editor);
