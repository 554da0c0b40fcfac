// Pictures and papers: dropped or chosen, sent, shown small, and the point that every crop keeps.
(function (editor) {
  "use strict";
  var h = editor.h;

  editor.send = function (file) {
    editor.say("正在放进来：" + file.name);
    return editor.ask("POST", "upload?path=" + encodeURIComponent(editor.open.path) + "&name=" + encodeURIComponent(file.name), null, file).then(function (answer) {
      editor.say("放好了：" + answer.file);
      return answer.file;
    });
  };
  // one after the other, so that the order is the one in which they were given; all that were refused are told together
  function sendAll(files, taken) {
    var refused = [];
    Array.prototype.slice.call(files).reduce(function (before, file) {
      return before.then(function () {
        return editor.send(file).then(taken).catch(function (fault) {
          if (fault.away) return;
          refused.push("“" + file.name + "”没有放进来：" + editor.words(fault));
          editor.tell(refused.join("\n"), { bad: true });
        });
      });
    }, Promise.resolve());
  }
  function chooser(words, several, taken) {
    var input = h("input", { type: "file", hidden: true, multiple: several, onchange: function () { sendAll(input.files, taken); input.value = ""; } });
    return [editor.button(words, function () { input.click(); }), input];
  }
  function accepts(node, taken) {
    node.addEventListener("dragover", function (event) { event.preventDefault(); node.classList.add("is-over"); });
    node.addEventListener("dragleave", function () { node.classList.remove("is-over"); });
    node.addEventListener("drop", function (event) {
      event.preventDefault();
      event.stopPropagation();
      node.classList.remove("is-over");
      sendAll(event.dataTransfer.files, taken);
    });
    return node;
  }

  // for lists of records with files: several at once
  editor.dropZone = function (field, context, taken) {
    if (!(field.fields || []).some(function (one) { return one.form === "file" && one.name === "file"; })) return "";
    var ways = chooser("从电脑里选" + field.label, true, taken);
    return accepts(h("div", { class: "drop" }, h("p", {}, "把文件拖到这里，或"), ways), taken);
  };

  // beside one file's name: what it looks like, and another one in its place
  editor.fileTools = function (field, input, context) {
    var shown = h("img", { class: "thumb", alt: "", loading: "lazy", hidden: true, onerror: function () { shown.hidden = true; } }), timer;
    function show() {
      var file = input.value.trim();
      shown.hidden = !file;
      if (file && /\.(jpe?g|png|webp|gif|avif|svg)$/i.test(file)) shown.src = "/_edit/media/" + file.split("/").map(encodeURIComponent).join("/");
      else shown.hidden = true;
    }
    function taken(file) { input.value = file; show(); input.dispatchEvent(new Event("input", { bubbles: true })); }
    // pictures that lie there already, by a few letters of their names
    var known = h("datalist", { id: editor.unique("p") }), asked = 0, ask = editor.later(function () {
      var number = asked += 1;
      editor.get("pictures", { q: input.value.trim() }).then(function (answer) {
        if (number === asked) editor.fill(known, answer.found.map(function (one) { return h("option", { value: one }); }));
      }).catch(function () { /* a help, not a need */ });
    }, 250);
    input.setAttribute("list", known.id);
    input.addEventListener("focus", ask);
    input.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(show, 300); ask(); });
    show();
    return accepts(h("div", { class: "file" }, known, shown, h("div", {}, chooser(input.value ? "换一个文件" : "选文件", false, taken), h("span", { class: "quiet" }, " 也可以拖到这里"))), taken);
  };

  // the point that stays in every crop: click it in the picture, or move it by the two sliders
  editor.focusPoint = function (field, value, context) {
    var picture = h("img", { class: "focus__picture", alt: "", hidden: true, onerror: function () { frame.hidden = true; } }), dot = h("span", { class: "focus__dot", "aria-hidden": "true" });
    var frame = h("div", { class: "focus__frame", hidden: true }, picture, dot), set = value.length === 2, given = value, bad = h("p", { class: "field__fault", id: editor.unique("e"), hidden: true });
    function share(text) { var number = parseFloat(text); return /%/.test(text) || number > 1 ? number : number * 100; }
    var sliders = ["自左", "自上"].map(function (words, at) {
      return h("input", { type: "range", min: 0, max: 100, "aria-label": "焦点" + words + "百分之几", value: set ? Math.round(share(value[at])) : 50, oninput: function () { chosen(); } });
    });
    var off = editor.button("不设焦点", function () { set = false; draw(); context.changed(); });
    function chosen() { set = true; given = null; draw(); context.changed(); }
    function draw() {
      dot.style.left = sliders[0].value + "%";
      dot.style.top = sliders[1].value + "%";
      dot.hidden = !set;
      off.hidden = !set;
      words.textContent = set ? "焦点：自左 " + sliders[0].value + "%，自上 " + sliders[1].value + "%" : "没有设焦点，裁切时取当中";
    }
    var words = h("p", { class: "field__hint" });
    frame.addEventListener("click", function (event) {
      var box = picture.getBoundingClientRect();
      sliders[0].value = Math.round(100 * (event.clientX - box.left) / box.width);
      sliders[1].value = Math.round(100 * (event.clientY - box.top) / box.height);
      chosen();
    });
    function follow() {
      var file = context.siblings && context.siblings.file ? context.siblings.file.read().trim() : "";
      frame.hidden = !/\.(jpe?g|png|webp|gif|avif|svg)$/i.test(file);
      picture.hidden = frame.hidden;
      if (!frame.hidden) picture.src = "/_edit/media/" + file.split("/").map(encodeURIComponent).join("/");
    }
    var node = h("details", { class: "field focus", ontoggle: function () { if (node.open) follow(); } }, h("summary", {}, field.label + "（裁切时保留的点）"),
      h("p", { class: "field__help" }, "在图上点一下最要紧的地方，例如人的脸；也可以用滑块。"), frame, h("div", { class: "focus__sliders" }, sliders), words, off, bad);
    node.fault = bad;
    draw();
    return { node: node, at: function () { return node; }, focus: function () { node.open = true; sliders[0].focus(); }, read: function () { return !set ? [] : given || [sliders[0].value + "%", sliders[1].value + "%"]; } };
  };
})(window.editor);
