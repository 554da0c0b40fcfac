// The page beside the form: the real one, as it would be if the draft were saved, in the width of a phone or a desk.
(function (editor) {
  "use strict";
  var h = editor.h;

  // the new page is loaded behind the old one and takes its place at the same height
  editor.showPage = function (answer) {
    var open = editor.open, old = open.frames.querySelector("iframe.is-shown"), source = answer.key ? "/" + answer.address + "?draft=" + answer.key : open.copy.kind === "story" ? "/" + open.copy.address : "";
    if (!source) {
      open.said.textContent = open.copy.kind === "vocabulary" ? "词表没有自己的网页。" : "这个条目现在没有网页可看：改好上面的错误，预览就出来了。";
      return;
    }
    open.said.textContent = open.copy.kind === "story" ? "专题的预览是上次保存的样子，保存以后更新。" : "这是保存以后网页的样子。";
    if (source === open.shown && open.copy.kind !== "story") return;
    open.shown = source;
    var frame = h("iframe", { title: "网页预览", sandbox: "allow-same-origin", src: source, class: "is-next" });
    frame.addEventListener("load", function () {
      var height = 0;
      try { height = old ? old.contentWindow.scrollY : 0; frame.contentWindow.scrollTo(0, height); } catch (error) { height = 0; }
      frame.className = "is-shown";
      Array.prototype.slice.call(open.frames.children).forEach(function (one) { if (one !== frame) one.remove(); });
      fit();
    });
    open.frames.append(frame);
    fit();
  };
  function fit() {
    var open = editor.open;
    if (!open) return;
    var room = open.frames.clientWidth, width = open.wide ? 1200 : 390, scale = Math.min(1, room / width);
    Array.prototype.forEach.call(open.frames.children, function (frame) {
      frame.style.width = width + "px";
      frame.style.height = Math.round(open.frames.clientHeight / scale) + "px";
      frame.style.transform = "scale(" + scale + ")";
      frame.style.left = Math.max(0, (room - width * scale) / 2) + "px";
    });
  }
  window.addEventListener("resize", fit);
  editor.proofWidths = function () {
    var open = editor.open;
    return [["手机", false], ["电脑", true]].map(function (one) {
      return editor.button(one[0], function (event) {
        open.wide = one[1];
        Array.prototype.forEach.call(event.target.parentNode.querySelectorAll("button"), function (other) { other.setAttribute("aria-pressed", other === event.target ? "true" : "false"); });
        fit();
      }, { "aria-pressed": (open.wide || false) === one[1] ? "true" : "false" });
    });
  };
})(window.editor);
