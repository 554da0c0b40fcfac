// A field of the form comes in; its control goes out: an element, what it holds, and where a problem of it belongs.
(function (editor) {
  "use strict";
  var h = editor.h, unique = editor.unique;
  var MODES = { count: "numeric", year: "numeric", money: "text", date: "text" }, FEW = 15, SOME = 30;

  function isEmpty(value) { return value === undefined || value === null || value === "" || value.length === 0 || (typeof value === "object" && Object.keys(value).length === 0); }
  editor.isEmpty = isEmpty;

  // control(field, value, context): {node, read(), at(path), focus()}; context: {changed, titles, label, siblings}
  editor.control = function (field, value, context) {
    if (field.form === "records" || field.form === "pairs") return repeated(field, value || [], context, record);
    if (field.form === "record") return record(field, value || {}, context);
    if (field.form === "list") return isChecklist(field) ? checklist(field, value || [], context) : repeated(field, value || [], context, item);
    if (field.form === "focus") return editor.focusPoint(field, value || [], context);
    if (field.form === "tile") return pair(field, value || [], context);
    return scalar(field, value || "", context);
  };

  function terms(field) { return field.vocabulary ? editor.about.vocabularies[field.vocabulary] : null; }
  function isChecklist(field) {
    var known = terms(field);
    return known && !known.open && known.terms.length <= SOME;
  }

  // label, help, input, and a place for what is amiss; the input is described by both
  function framed(field, input, context, more) {
    var id = input.id || (input.id = unique("f")), help = unique("h"), fault = unique("e"), words = context.label || field.label;
    var said = [];
    if (field.help) said.push(help);
    said.push(fault);
    input.setAttribute("aria-describedby", said.join(" "));
    if (field.required) input.setAttribute("aria-required", "true");
    var bad = h("p", { class: "field__fault", id: fault, hidden: true });
    var node = h("div", { class: "field field--" + field.form },
      h("label", { for: id, class: context.bare ? "vh" : "" }, words, field.required ? h("span", { class: "quiet" }, "（必填）") : ""),
      field.help ? h("p", { class: "field__help", id: help }, field.help) : "", input, more || "", bad);
    node.fault = bad;
    node.input = input;
    return node;
  }

  function scalar(field, value, context) {
    var known = terms(field), input, hint = h("p", { class: "field__hint", hidden: true });
    if (field.choices || field.form === "flag" || (known && !known.open && known.terms.length <= FEW)) input = choice(field, value, known);
    else if (field.refers || known || field.form in MODES || field.form === "file") input = line(field, value, known);
    else input = text(field, value);
    input.addEventListener("input", function () { context.changed(); });
    input.addEventListener("change", function () { context.changed(); });
    var more = [hint];
    if (field.refers) more.push(reference(field, input, hint, context));
    if (field.limit) more.push(counted(field, input));
    if (field.form === "file") more.push(editor.fileTools(field, input, context));
    var node = framed(field, input, context, more);
    return { node: node, read: function () { return input.value; }, at: function () { return node; }, focus: function () { input.focus(); }, input: input };
  }

  function text(field, value) {
    var input = h("textarea", { rows: field.form === "long" ? 3 : 1, value: value, spellcheck: "false" });
    function grow() { input.style.height = "auto"; input.style.height = Math.max(input.scrollHeight + 2, 44) + "px"; }
    input.addEventListener("input", grow);
    if (field.form !== "long") {
      input.addEventListener("keydown", function (event) { if (event.key === "Enter" && !event.isComposing && !event.ctrlKey) event.preventDefault(); });
    }
    input.grow = grow;
    return input;
  }
  editor.grown = function (node) {
    node.querySelectorAll("textarea").forEach(function (one) { if (one.grow && one.offsetParent) one.grow(); });
  };

  function choice(field, value, known) {
    var options = field.choices || (field.form === "flag" ? [["是", "是"], ["否", "否"]] : known.terms.map(function (term) { return [term, term]; }));
    if (value && !options.some(function (one) { return one[0] === value; })) options = options.concat([[value, value]]);
    var input = h("select", {}, h("option", { value: "" }, field.empty ? "不写（就是" + field.empty + "）" : "不写"), options.map(function (one) { return h("option", { value: one[0] }, one[1]); }));
    Array.prototype.forEach.call(input.options, function (option) { if (option.value === value) option.selected = true; });
    return input;
  }

  function line(field, value, known) {
    var input = h("input", { type: "text", value: value, autocomplete: "off", inputmode: MODES[field.form] || null });
    if (known) {
      input.setAttribute("list", "words-" + field.vocabulary);
      if (!document.getElementById("words-" + field.vocabulary)) {
        document.body.append(h("datalist", { id: "words-" + field.vocabulary }, known.terms.map(function (term) { return h("option", { value: term }); })));
      }
    }
    return input;
  }

  // references: suggestions as one types, and below the field whom the id means
  function reference(field, input, hint, context) {
    var list = h("datalist", { id: unique("s") }), asked = 0;
    input.setAttribute("list", list.id);
    function show() {
      var title = context.titles[input.value];
      hint.hidden = !title;
      hint.textContent = title ? "就是：" + title : "";
    }
    var ask = editor.later(function () {
      var number = asked += 1;
      editor.get("suggest", { kinds: field.refers.join(","), q: input.value }).then(function (answer) {
        if (number !== asked) return;
        editor.fill(list, answer.found.map(function (one) {
          context.titles[one.id] = one.title;
          return h("option", { value: one.id }, one.title + (one.beside ? "（" + one.beside + "）" : ""));
        }));
        show();
      }).catch(function () { /* suggestions are a help, not a need */ });
    }, 150);
    input.addEventListener("focus", ask);
    input.addEventListener("input", function () { show(); ask(); });
    show();
    return list;
  }

  function counted(field, input) {
    var node = h("p", { class: "field__count" });
    function count() {
      var length = Array.from(input.value.trim()).length;
      node.textContent = length + " 字，表上限 " + field.limit + " 字";
      node.classList.toggle("is-over", length > field.limit);
    }
    input.addEventListener("input", count);
    count();
    return node;
  }

  function checklist(field, value, context) {
    var known = terms(field).terms, box, boxes;
    known = known.concat(value.filter(function (one) { return known.indexOf(one) < 0; }));
    boxes = known.map(function (term) {
      var input = h("input", { type: "checkbox", value: term, onchange: function () { context.changed(); } });
      input.checked = value.indexOf(term) >= 0;
      return h("label", { class: "tick" }, input, h("span", {}, term));
    });
    box = group(field, context, h("div", { class: "ticks" }, boxes));
    return {
      node: box, at: function () { return box; },
      focus: function () { boxes[0].firstChild.focus(); },
      // ticks in the order of the file first: what was there keeps its place
      read: function () {
        var on = boxes.map(function (one) { return one.firstChild; }).filter(function (one) { return one.checked; }).map(function (one) { return one.value; });
        return value.filter(function (one) { return on.indexOf(one) >= 0; }).concat(on.filter(function (one) { return value.indexOf(one) < 0; }));
      }
    };
  }

  function group(field, context, inside) {
    var bad = h("p", { class: "field__fault", id: unique("e"), hidden: true });
    var node = h("fieldset", { class: "field group", "aria-describedby": bad.id },
      h("legend", {}, context.label || field.label, field.required ? h("span", { class: "quiet" }, "（必填）") : ""),
      field.help ? h("p", { class: "field__help" }, field.help) : "", bad, inside);
    node.fault = bad;
    node.input = null;
    return node;
  }

  function pair(field, value, context) {
    var inputs = ["列", "行"].map(function (words, at) {
      return h("input", { type: "text", inputmode: "numeric", "aria-label": field.label + "：" + words, value: value[at] || "", oninput: function () { context.changed(); } });
    });
    var node = group(field, context, h("div", { class: "row" }, inputs));
    return { node: node, at: function () { return node; }, focus: function () { inputs[0].focus(); }, read: function () { return inputs.map(function (one) { return one.value.trim(); }).filter(Boolean); } };
  }

  function item(field, value, context) {
    return scalar(Object.assign({}, field, { form: field.vocabulary || field.refers ? "text" : "item", required: false, help: "" }), value, context);
  }

  // one value with fields of its own
  function record(field, value, context) {
    var parts = {}, inner = h("div", { class: "record" }), title = h("span", {}), node;
    var own = Object.assign({}, context, { bare: false, label: "", siblings: parts, changed: function () { name(); context.changed(); } });
    (field.fields || []).forEach(function (one) {
      parts[one.name] = editor.control(one, value[one.name], own);
      inner.append(parts[one.name].node);
    });
    function name() {
      var head = parts[field.head] && parts[field.head].read();
      title.textContent = head ? "：" + (context.titles[head] || head) : "";
    }
    node = group(Object.assign({}, field, { help: context.numbered ? "" : field.help }), context, inner);
    node.querySelector("legend").append(title);
    name();
    return {
      node: node, parts: parts,
      read: function () {
        var found = {};
        Object.keys(parts).forEach(function (key) { var one = parts[key].read(); if (!isEmpty(one)) found[key] = one; });
        return found;
      },
      at: function (path) { return path.length && parts[path[0]] ? parts[path[0]].at(path.slice(1)) : node; },
      focus: function () { parts[field.fields[0].name].focus(); }
    };
  }

  // a list: each item can go up, down or away, and one more can come
  function repeated(field, values, context, make) {
    var items = [], list = h("ol", { class: make === item ? "items items--plain" : "items" }), node, adder, noun = field.label;
    function add(value, focused) {
      var one = {}, tools;
      one.row = h("li", { class: "items__one" });
      one.control = make(field, value, Object.assign({}, context, { bare: make === item, numbered: true, label: "" }));
      tools = h("div", { class: "row items__tools" },
        editor.button("上移", function () { move(one, -1); }), editor.button("下移", function () { move(one, 1); }), editor.button("删去", function () { remove(one); }));
      editor.add(one.row, [one.control.node, tools]);
      one.tools = tools;
      items.push(one);
      list.append(one.row);
      number();
      if (focused) one.control.focus();
      return one;
    }
    function move(one, by) {
      var from = items.indexOf(one), to = from + by;
      if (to < 0 || to >= items.length) return;
      items.splice(from, 1);
      items.splice(to, 0, one);
      list.insertBefore(one.row, items[to + 1] ? items[to + 1].row : null);
      number();
      context.changed();
      one.tools.children[by < 0 ? 0 : 1].focus();
      editor.say(noun + "移到第 " + (to + 1) + " 项");
    }
    function remove(one) {
      var from = items.indexOf(one);
      items.splice(from, 1);
      one.row.remove();
      number();
      context.changed();
      (items[from] || items[from - 1] ? (items[from] || items[from - 1]).tools.lastChild : adder).focus();
      editor.say("删去了一项" + noun);
    }
    function number() {
      items.forEach(function (one, at) {
        var words = noun + "第 " + (at + 1) + " 项", label = one.control.node.querySelector("legend, label");
        label.firstChild.nodeValue === null ? label.prepend(words) : (label.firstChild.nodeValue = words);
        Array.prototype.forEach.call(one.tools.children, function (tool) { tool.setAttribute("aria-label", tool.textContent + words); });
        one.tools.children[0].disabled = at === 0;
        one.tools.children[1].disabled = at === items.length - 1;
      });
    }
    adder = editor.button("＋ 加一项" + noun, function () { add(make === item ? "" : {}, true); context.changed(); });
    node = group(field, context, [list, h("div", { class: "row" }, adder, editor.dropZone(field, context, function (file) {
      var one = add({ file: file }, false);
      context.changed();
      if (one.control.parts && one.control.parts.alt) one.control.parts.alt.focus();
    }))]);
    values.forEach(function (value) { add(value, false); });
    return {
      node: node,
      read: function () { return items.map(function (one) { return one.control.read(); }).filter(function (one) { return !isEmpty(one); }); },
      at: function (path) { var one = items[path[0]]; return one ? one.control.at(path.slice(1)) : node; },
      focus: function () { adder.focus(); }
    };
  }

  // problems at their fields: the words below the input, the input marked
  editor.mark = function (node, problems) {
    if (!node || !node.fault) return;
    node.fault.hidden = problems.length === 0;
    editor.fill(node.fault, problems.map(function (one) {
      return h("span", { class: "fault fault--" + one.severity }, word(one) + editor.words(one));
    }));
    node.classList.toggle("is-bad", problems.some(function (one) { return one.severity === "error"; }));
    if (node.input) node.input.setAttribute("aria-invalid", problems.some(function (one) { return one.severity === "error"; }) ? "true" : "false");
  };
  function word(problem) { return { error: "错误：", warning: "请注意：", note: "提示：" }[problem.severity]; }
  editor.word = word;
})(window.editor);
