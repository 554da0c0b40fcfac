// One entry open for editing: its form, its page beside it, its drafts, and everybody else who touches it.
(function (editor) {
  "use strict";
  var h = editor.h, WATCH = 3000, open = null;

  editor.openEntry = function (path) {
    return editor.get("entry", { path: path, window: editor.window }).then(function (copy) { return function (main) { begin(main, path, copy); }; });
  };
  function begin(main, path, copy) {
    open = editor.open = { path: path, main: main, copy: copy, titles: copy.titles, mode: copy.form ? "form" : "text", problems: [], shown: "" };
    open.form = editor.about.forms[copy.kind].concat(copy.tongues);
    var drafts = editor.draftsOf(path, copy.drafts), live = copy.others.map(function (one) { return one.window; });
    var own = drafts.filter(function (one) { return one.window === editor.window; })[0];
    var left = drafts.filter(function (one) { return one.window !== editor.window && live.indexOf(one.window) < 0; })[0];
    var busy = drafts.filter(function (one) { return live.indexOf(one.window) >= 0; })[0];
    draw({});
    open.timer = setInterval(watch, WATCH);
    present(copy.others);
    if (own || left) restore(own || left);
    else if (busy) {
      editor.tell("另一个窗口也开着这个条目，里面有没保存的内容（" + clock(busy.time) + "）。", { ways: [["把那份内容取过来", function () { restore(busy); }]] });
    }
    if (!own && !left) look();
  }
  editor.closeEntry = function () {
    if (!open) return;
    clearInterval(open.timer);
    keepThere.now();
    preview.stop();
    editor.post("leave", { path: open.path, window: editor.window }).catch(function () { /* it is found out anyway */ });
    open = editor.open = null;
  };

  function clock(time) { return new Date(time).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" }); }

  // ---- what stands in the form ------------------------------------------------------------------------------------

  // laid: values over the copy's own; what was changed is what differs from a control just made of the copy
  function draw(laid) {
    var copy = open.copy, kind = editor.kindNamed(copy.kind), first = [], rest = [], spoken = [], over = laid.fields || {};
    open.controls = {};
    open.former = {};
    var sitting = open;
    // a field that is taken away says once more that it changed
    function touched() { if (open === sitting) changed(); }
    var context = { changed: touched, titles: open.titles, siblings: {} };
    var about = h("div", { class: "about" });
    editor.add(about, [h("p", { class: "quiet" }, kind.label + "　" + open.path), h("h1", { id: "entry-title" }, copy.fields[titleField()] || copy.id),
      h("p", { class: "row about__ways" }, kind.name === "vocabulary" ? "" : h("a", { class: "way", href: "/" + copy.address, target: "_blank", rel: "noopener" }, "看现在的网页"),
        copy.named_count ? h("details", {}, h("summary", {}, copy.named_count + " 个条目提到它"), h("ul", {}, copy.named_in.map(function (key) { return h("li", {}, key); }))) : "")]);
    open.hidden = h("p", { class: "unpublished", hidden: true }, "还是草稿，网站上看不到。", editor.button("发布", publish));
    open.company = h("p", { class: "company", role: "status" });
    open.faults = h("section", { class: "faults", "aria-label": "要改的地方", hidden: true });
    var sheet = h("form", { class: "sheet", autocomplete: "off", onsubmit: function (event) { event.preventDefault(); } });
    if (open.mode === "text") sheet.append(textEditor(laid));
    else {
      open.form.forEach(function (field) {
        if (copy.locked[field.name]) { first.push(locked(field.label, copy.locked[field.name])); return; }
        var control = editor.control(field, copy.fields[field.name], context);
        open.former[field.name] = JSON.stringify(control.read());
        if (field.name in over) control = editor.control(field, over[field.name], context);
        open.controls[field.name] = control;
        if (field.tongue) { spoken.push(editor.spokenField(field, control)); return; }
        (field.first || !editor.isEmpty(control.read()) ? first : rest).push(control.node);
      });
      Object.keys(copy.locked).forEach(function (name) { if (!open.form.some(function (one) { return one.name === name; })) first.push(locked(name, copy.locked[name])); });
      if (kind.suffix === ".md") {
        open.body = editor.bodyEditor(laid.body === undefined ? copy.body : laid.body, copy.kind, touched, function () { if (open.controls.pictures) open.controls.pictures.focus(); });
        open.formerBody = copy.body;
      } else open.body = null;
      editor.add(sheet, [first, open.body ? open.body.node : "", rest.length ? h("details", { class: "rest", ontoggle: function (event) { editor.grown(event.target); } }, h("summary", {}, "还可以填（" + rest.length + " 项）"), rest) : "", spoken.length ? editor.spokenPart(copy.tongues, copy.fields, spoken) : ""]);
    }
    open.frames = h("div", { class: "proof__frames" });
    open.shown = "";
    open.proof = h("section", { class: "proof", "aria-label": "预览" }, h("div", { class: "row proof__head" }, h("h2", {}, "预览"), editor.proofWidths()), open.said = h("p", { class: "quiet" }, "正在准备预览……"), open.frames);
    open.state = h("span", { class: "bar__state", role: "status" });
    open.save = editor.button("保存", save, { class: "btn", "aria-keyshortcuts": "Control+S" });
    var bar = h("div", { class: "bar" }, open.save, open.state, editor.button("看预览", function () { open.proof.scrollIntoView(); }, { class: "btn btn--quiet bar__proof" }), more());
    editor.fill(open.main, h("div", { class: "entry" }, h("div", { class: "entry__form" }, about, open.hidden, open.company, open.faults, sheet, bar), open.proof));
    editor.grown(open.main);
    document.title = (copy.fields[titleField()] || copy.id) + " · 编辑";
    state();
  }
  // a new entry begins as a draft; whoever has filled it in is not to look for the field that says so
  function publish() {
    var status = open.controls.status;
    status.input.value = "published";
    changed();
    return save();
  }
  function titleField() { return open.form.filter(function (one) { return one.required; })[0].name; }

  function locked(label, yaml) {
    return h("div", { class: "field locked" }, h("p", {}, "“" + label + "”表单显示不了，保存时原样留着。要改它，点下面的“改源文件”。"), h("pre", {}, yaml));
  }

  function textEditor(laid) {
    var area = h("textarea", { id: "text", class: "body source", rows: 24, spellcheck: "false", value: laid.text === undefined ? open.copy.text : laid.text, oninput: changed });
    var node = h("div", { class: "field" }, h("label", { for: "text" }, "源文件"), h("p", { class: "field__help", id: "text-help" }, open.copy.form ? "两行 --- 之间是资料，下面是正文。改好保存后可以回到表单。" : "这个文件有表单读不了的地方。照着上面列出的毛病改好，保存后就能用表单了。"), area);
    area.setAttribute("aria-describedby", "text-help");
    open.area = area;
    return node;
  }

  function more() {
    var box = h("details", { class: "more-ways" }, h("summary", {}, "更多"));
    function way(words, action) { return h("li", {}, editor.button(words, function () { box.open = false; action(); })); }
    box.append(h("ul", {}, open.mode === "form" ? way("改源文件", toText) : open.copy.form ? way("回到表单", toForm) : "", way("放弃没保存的改动", discard), way("撤下这个条目", withdraw), way("删去这个条目", remove)));
    return box;
  }

  // ---- what changed, and where it is kept ---------------------------------------------------------------------------

  function changes() {
    var found = { path: open.path, base: open.copy.version, window: editor.window, fields: {} };
    if (open.mode === "text") {
      found.text = open.area.value;
      found.dirty = found.text !== open.copy.text.replace(/\r\n/g, "\n");
      return found;
    }
    Object.keys(open.controls).forEach(function (name) {
      var value = open.controls[name].read();
      if (JSON.stringify(value) !== open.former[name]) found.fields[name] = value;
    });
    if (open.body && open.body.read() !== open.formerBody) found.body = open.body.read();
    found.dirty = Object.keys(found.fields).length > 0 || found.body !== undefined;
    return found;
  }
  function draftOf(found) {
    var copy = open.copy;
    return { window: editor.window, time: Date.now(), version: copy.version, mode: open.mode, fields: found.fields, body: found.body, text: found.text, base: { fields: copy.fields, body: copy.body, text: copy.text } };
  }
  var keepThere = editor.later(function () {
    if (!open || !open.pending) return;
    var draft = open.pending;
    open.pending = null;
    editor.keepThere(open.path, draft.dirty === false ? null : draft).then(function () { open && state(); }, function (fault) {
      if (!fault.away && open) state("草稿只留在浏览器里：" + fault.message);
    });
  }, 500);
  function changed() {
    var found = changes(), draft = found.dirty ? draftOf(found) : null;
    open.kept = editor.keepHere(open.path, draft);
    open.pending = draft || { dirty: false };
    keepThere();
    preview();
    state();
  }
  function state(words) {
    var found = changes();
    open.save.disabled = !found.dirty;
    open.hidden.hidden = !(open.mode === "form" && open.controls.status && ["draft", "草稿"].indexOf(open.controls.status.read()) >= 0);
    open.state.textContent = words || (found.dirty ? "有改动还没有保存" + (open.kept === false ? "" : "，草稿已留好") : open.savedAt ? "已保存 " + clock(open.savedAt) : "没有改动");
  }

  // ---- saving, and what another hand did meanwhile ---------------------------------------------------------------------

  function save() {
    var found = changes();
    if (!found.dirty || open.saving) return Promise.resolve();
    open.saving = true;
    open.state.textContent = "正在保存……";
    return editor.post("save", found).then(function (copy) {
      if (!open) return;
      editor.keepHere(open.path, null);
      open.savedAt = Date.now();
      // what was typed while the answer was under way is a change of the new version
      rebase(copy, found);
      open.problems = copy.problems;
      shown();
      changed();
      state();
      editor.say("已保存");
    }).catch(function (fault) {
      if (fault.status === 409 && fault.theirs) return meet(fault.theirs, draftOf(found));
      if (open) state(fault.away ? "没有保存：编辑程序停了，草稿在浏览器里" : "没有保存，草稿已留好");
      return editor.failed(fault);
    }).then(function () { if (open) open.saving = false; });
  }
  function rebase(copy, sent) {
    var was = open.copy;
    if (open.mode === "text" || !copy.form || !was.form) {
      var typed = open.mode === "text" ? open.area.value : undefined, go = copy.form && typed === sent.text;
      open.copy = Object.assign({}, was, copy);
      if (open.mode === "text") { open.mode = go && !was.form ? "form" : open.mode; draw(typed === sent.text ? {} : { text: typed }); }
      return;
    }
    open.copy = Object.assign({}, was, copy);
    Object.keys(sent.fields).forEach(function (name) { open.former[name] = JSON.stringify(editor.isAnswer(name) ? "" : sent.fields[name]); });
    if (!editor.respoken(was.tongues, copy, open.controls)) {
      // texts came or went: their fields do so, too, and what was typed meanwhile is laid over them
      open.form = editor.about.forms[was.kind].concat(copy.tongues);
      draw({ fields: changes().fields, body: open.body ? open.body.read() : undefined });
    }
    if (sent.body !== undefined) open.formerBody = sent.body;
    document.getElementById("entry-title").textContent = copy.fields[titleField()] || open.copy.id;
  }

  // theirs lies on the disk, the draft is ours: laid over each other, with a question where both changed
  function meet(theirs, draft) {
    if (!theirs.version) return gone(draft);
    return editor.compare(draft, theirs, open.form).then(function (kept) {
      if (!kept || !open) { if (open) state("两边都改了，还没有并在一起"); return; }
      open.copy = Object.assign({}, open.copy, theirs);
      open.form = editor.about.forms[open.copy.kind].concat(open.copy.tongues);
      open.mode = kept.text !== undefined || !theirs.form ? "text" : draft.mode === "text" ? "text" : "form";
      draw(kept);
      changed();
      look();
      editor.tell(kept.others.length ? "别处改过的“" + kept.others.join("”“") + "”已并进来，您的改动都在。请看过再保存。" : "已经并在一起，请看过再保存。");
    });
  }
  function gone(draft) {
    return editor.confirm("这个条目的文件在别处被删去或改了名。您写的还在。", [["写回来", "back", "btn"], ["留着草稿，先不管", "no"]]).then(function (answer) {
      if (answer !== "back") return undefined;
      return editor.post("save", { path: open.path, base: "", window: editor.window, fields: {}, text: draft.text || open.copy.text }).then(function (copy) {
        if (!draft.text) draft.base = { fields: copy.fields, body: copy.body, text: copy.text };
        return meet(copy, draft);
      }).catch(editor.failed);
    });
  }
  function restore(draft) {
    var from = draft.window === editor.window ? "" : draft.window;
    function done() {
      if (from) editor.forget(open.path, from).catch(function () { /* it stays, and is offered again */ });
      look();
      editor.tell("上次没有保存的内容（" + clock(draft.time) + "）已经恢复，还没有保存。", { ways: [["不要了，用文件里的", discard]] });
    }
    if (draft.version !== open.copy.version) return Promise.resolve(meet(open.copy, draft)).then(function () { if (from && open) editor.forget(open.path, from).catch(function () { /* likewise */ }); look(); });
    open.mode = draft.text !== undefined && draft.text !== null || !open.copy.form ? "text" : "form";
    draw({ fields: draft.fields, body: draft.body === null ? undefined : draft.body, text: draft.text === null ? undefined : draft.text });
    changed();
    return Promise.resolve(done());
  }
  function reload() {
    return editor.get("entry", { path: open.path, window: editor.window }).then(function (copy) {
      if (!open) return;
      open.copy = copy;
      open.form = editor.about.forms[copy.kind].concat(copy.tongues);
      open.titles = Object.assign(open.titles, copy.titles);
      open.mode = copy.form ? "form" : "text";
      draw({});
      look();
    });
  }
  // one press may be a slip, and what it throws away may be an hour's work
  function discard() {
    var found = changes(), path = open.path, draft = found.dirty ? draftOf(found) : null;
    editor.keepHere(path, null);
    open.pending = null;
    return editor.keepThere(path, null).then(reload).then(function () {
      editor.tell("已换回文件里的内容。", { ways: draft ? [["恢复刚才写的", function () { if (open && open.path === path) restore(draft); }]] : [] });
    }).catch(editor.failed);
  }
  function watch() {
    if (!open || document.hidden) return;
    var path = open.path;
    editor.post("watch", { path: path, window: editor.window }).then(function (answer) {
      if (!open || open.path !== path) return;
      present(answer.others);
      if (answer.version !== open.copy.version && !open.saving) elsewhere(answer.version);
    }).catch(function () { /* said by the request itself */ });
  }
  function elsewhere(version) {
    if (open.seen === version || document.querySelector("dialog[open]")) return;
    open.seen = version;
    var found = changes();
    if (version && !found.dirty) {
      reload().then(function () { editor.tell("这个条目在别处改过，已经换成最新的。"); }).catch(editor.failed);
      return;
    }
    editor.tell(version ? "这个条目在别处改过，您也有没保存的改动。" : "这个条目的文件在别处被删去或改了名。", { bad: true, ways: [[version ? "看两边的不同" : "怎么办", function () {
      editor.get("entry", { path: open.path, window: editor.window }).then(function (copy) { return meet(copy, draftOf(changes())); }, function (fault) {
        return fault.status === 404 ? gone(draftOf(changes())) : editor.failed(fault);
      });
    }]] });
  }
  function present(others) {
    var far = others.map(function (one) { return one.machine; }).filter(Boolean);
    open.company.textContent = !others.length ? "" : far.length ? "“" + far.join("”“") + "”那台电脑也开着这个条目。保存前会比对，不会互相覆盖。" : "另一个窗口也开着这个条目。保存前会比对，不会互相覆盖。";
  }

  // ---- the page beside it, and what is amiss --------------------------------------------------------------------------

  var busy = false, again = false;
  function look() {
    if (!open) return;
    if (busy) { again = true; return; }
    busy = true;
    var found = changes(), path = open.path;
    editor.post("preview", found).then(function (answer) {
      if (!open || open.path !== path) return;
      open.problems = answer.problems;
      shown();
      editor.showPage(answer);
    }, function (fault) {
      if (open && !fault.away && fault.status !== 403) open.said.textContent = "预览不了：" + editor.words(fault);
    }).then(function () {
      busy = false;
      if (again) { again = false; look(); }
    });
  }
  var preview = editor.later(look, 450);

  function shown() {
    var nodes = new Map();
    (open.marked || []).forEach(function (node) { editor.mark(node, []); });
    open.problems.forEach(function (one) {
      var name = one.field[0], control = open.mode === "form" ? open.controls[name] : null, node = control ? control.at(one.field.slice(1)) : null;
      one.node = node;
      if (node) nodes.set(node, (nodes.get(node) || []).concat([one]));
    });
    open.marked = Array.from(nodes.keys());
    nodes.forEach(function (found, node) { editor.mark(node, found); });
    var bad = open.problems.filter(function (one) { return one.severity === "error"; }).length;
    open.faults.hidden = open.problems.length === 0;
    editor.fill(open.faults, h("h2", {}, bad ? bad + " 处错误，改好才能建成网站" : open.problems.length + " 处可以改得更好"), h("ul", {}, open.problems.map(function (one) {
      var words = editor.word(one) + (open.mode === "text" && one.line ? "第 " + one.line + " 行，" : "") + editor.words({ message: one.message });
      return h("li", { class: "fault--" + one.severity }, one.node ? editor.button(words, function () { go(one.node); }, { class: "fault__way" }) : h("span", {}, words + editor.words({ hint: one.hint })));
    })));
    Array.prototype.forEach.call(open.faults.querySelectorAll("a"), function (one) { one.rel = "noopener"; });
  }
  function go(node) {
    var holder = node;
    while (holder) { if (holder.tagName === "DETAILS") holder.open = true; holder = holder.parentElement; }
    var input = node.querySelector("input:not(.vh), textarea, select, button");
    node.scrollIntoView({ block: "center" });
    if (input) input.focus();
  }

  // ---- other ways -------------------------------------------------------------------------------------------------------

  function toText() {
    var found = changes();
    editor.post("text", found).then(function (answer) {
      open.mode = "text";
      draw({ text: answer.text.replace(/\r\n/g, "\n") });
      changed();
      look();
    }).catch(editor.failed);
  }
  function toForm() {
    if (changes().dirty) { editor.tell("先保存源文件里的改动，再回到表单。"); return; }
    open.mode = "form";
    draw({});
    look();
  }
  function withdraw() {
    if (changes().dirty) { editor.tell("先保存或放弃没保存的改动，再撤下。"); return; }
    editor.confirm("撤下以后，网页只说“已撤下”，内容不再公开，地址还在。要撤下吗？", [["撤下", "yes", "btn"]]).then(function (answer) {
      if (answer !== "yes") return;
      editor.post("withdraw", { path: open.path, base: open.copy.version }).then(reload).then(function () { editor.tell("已撤下。改回“发布”就会恢复。"); }).catch(function (fault) {
        return fault.theirs ? reload().then(function () { editor.tell("这个条目刚在别处改过，已换成最新的，请看过再撤下。"); }) : editor.failed(fault);
      });
    });
  }
  function remove() {
    var named = open.copy.named_count, path = open.path;
    editor.confirm("删去“" + (open.copy.fields[titleField()] || open.copy.id) + "”？" + (named ? "还有 " + named + " 个条目提到它，删去后那里会出错。" : "") + "已经公布过的条目，请用“撤下”，旧地址才不会断。", [["撤下", "withdraw", "btn"], ["删去文件", "delete"]]).then(function (answer) {
      if (answer === "withdraw") { withdraw(); return; }
      if (answer !== "delete") return;
      editor.post("delete", { path: path, base: open.copy.version }).then(function (done) {
        editor.keepHere(path, null);
        open.pending = null;
        location.hash = "#/list";
        editor.tell("已删去 " + path + "。", { stay: true, ways: [["恢复", function () {
          editor.post("restore", { label: done.label }).then(function () { location.hash = "#/entry/" + path; }).catch(editor.failed);
        }]] });
      }).catch(function (fault) {
        return fault.theirs ? reload().then(function () { editor.tell("这个条目刚在别处改过，已换成最新的，没有删去。"); }) : editor.failed(fault);
      });
    });
  }
  document.addEventListener("keydown", function (event) {
    if (open && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") { event.preventDefault(); save(); }
  });
  window.addEventListener("pagehide", function () { if (open) editor.closeEntry(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
})(window.editor);
