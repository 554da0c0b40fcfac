// An entry's texts in other languages: each with its Chinese beside, and a word where that was changed since.
(function (editor) {
  "use strict";
  var h = editor.h;

  function told(node, field) {
    node.was.hidden = !field.original;
    node.was.lastChild.textContent = field.original;
    node.chinese.textContent = field.chinese;
  }
  // the field with its Chinese; the choice "it still holds" is there where the Chinese was changed
  editor.spokenField = function (field, control) {
    var node = control.node;
    if (field.choices) {
      node.hidden = !field.changed;
      control.input.options[0].textContent = field.empty;
      return node;
    }
    node.chinese = h("p", { class: "spoken__chinese", lang: "zh-Hans" });
    node.was = h("p", { class: "spoken__was", hidden: true }, h("b", {}, "中文改过了。译的时候是："), h("span", { lang: "zh-Hans" }));
    node.input.lang = field.tongue;
    node.input.spellcheck = true;
    node.classList.add("spoken__one");
    node.insertBefore(node.was, node.input);
    node.insertBefore(node.chinese, node.input);
    told(node, field);
    return node;
  };
  function counted(tongues, fields) {
    var texts = tongues.filter(function (one) { return !one.choices; });
    var missing = texts.filter(function (one) { return !fields[one.name]; }).length, changed = texts.filter(function (one) { return one.original; }).length;
    return "译文（" + texts.length + " 处" + (missing ? "，" + missing + " 处未译" : "") + (changed ? "，" + changed + " 处原文已改" : "") + "）";
  }
  editor.spokenPart = function (tongues, fields, nodes) {
    return h("details", { class: "rest spoken", ontoggle: function (event) { editor.grown(event.target); } }, h("summary", {}, counted(tongues, fields)),
      h("p", { class: "field__help" }, "不译的空着，网页上就显示中文。人名、单位名没有官方译名的，不要自己译。"), nodes);
  };
  // the choice is an answer to this save, not a value that stays
  editor.isAnswer = function (name) { return name.slice(-1) === "!"; };
  // after a save: what is now said of each text; false where the texts are no longer the same ones
  editor.respoken = function (was, copy, controls) {
    var now = copy.tongues, summary = document.querySelector(".spoken > summary");
    function names(form) { return form.map(function (one) { return one.name; }).join(" "); }
    if (names(was) !== names(now)) return false;
    if (summary) summary.textContent = counted(now, copy.fields);
    now.forEach(function (field) {
      var control = controls[field.name];
      if (!control) return;
      if (field.choices) {
        control.node.hidden = !field.changed;
        control.input.value = "";
      } else told(control.node, field);
    });
    return true;
  };
})(window.editor);
