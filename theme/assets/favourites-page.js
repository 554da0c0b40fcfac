// The page of the visitor's own list, or of one that somebody sent: looks keys up in the search index, shows, orders, shares.
(function () {
  "use strict";
  var own = window.exhibitionFavourites, here = document.currentScript.src, turn = 0, undo = null;
  var place = document.querySelector("[data-favourites]"), list = part("list"), line = part("say"), gone = part("gone");
  var FIRST = 500;

  function part(name) { return place.querySelector('[data-fav="' + name + '"]'); }
  function script(name) {
    return new Promise(function (done, failed) {
      var node = window.exhibitionBoot.script(new URL(name, here).href);
      node.onload = done;
      node.onerror = failed;
      document.head.appendChild(node);
    });
  }
  // --- addresses -------------------------------------------------------------------------------------------------------

  // `?ids=project:abc,def,craftsman:x`: a kind stands until the next one
  function given() {
    var found = /[?&]ids=([^&]*)/.exec(location.search), kind = "", text = "";
    if (!found) return null;
    try {
      text = decodeURIComponent(found[1].replace(/\+/g, " "));
    } catch (error) {
      // a broken escape leads to no entry
    }
    var all = text.split(",").filter(Boolean), keys = [];
    all.slice(0, FIRST).forEach(function (one) {
      var at = one.indexOf(":"), key;
      if (at >= 0) kind = one.slice(0, at);
      key = kind + "/" + one.slice(at + 1);
      if (own.form.test(key) && keys.indexOf(key) < 0) keys.push(key);
      else if (keys.indexOf(key) < 0) keys.push("");
    });
    for (var more = FIRST; more < Math.min(all.length, 2 * FIRST); more++) keys.push("");
    return keys;
  }
  function shared(keys) {
    var kind = "";
    return location.href.split(/[?#]/)[0] + "?ids=" + keys.map(function (key) {
      var parts = key.split("/"), words = parts[0] === kind ? parts[1] : parts.join(":");
      kind = parts[0];
      return words;
    }).join(",");
  }

  // --- looking up ------------------------------------------------------------------------------------------------------

  // key and record (or null) of each; a former key leads to the present one
  function lookUp(keys) {
    var known = keys.filter(Boolean), engine = null, present = keys;
    if (!known.length) return Promise.resolve(keys.map(function (key) { return { key: key, record: null }; }));
    return window.exhibitionBoot().then(function () {
      engine = window.exhibitionEngine;
      return engine.ready();
    }).then(function () { return engine.find(known); }).then(function (ids) {
      return ids.indexOf(-1) < 0 ? {} : engine.load("former");
    }).then(function (former) {
      present = keys.map(function (key) { return Object.prototype.hasOwnProperty.call(former, key) ? former[key] : key; })
        .filter(function (key, at, all) { return !key || all.indexOf(key) === at; });
      return engine.find(present);
    }).then(function (ids) {
      return engine.records(ids.filter(function (id) { return id >= 0; })).then(function (records) {
        var at = 0;
        return present.map(function (key, one) { return { key: key, record: ids[one] >= 0 ? records[at++] : null }; });
      });
    });
  }

  // --- showing ---------------------------------------------------------------------------------------------------------

  function hrefOf(record) { return record.address + (/^file:/.test(record.address) ? "index.html" : ""); }
  function set(node, selector, words) {
    var target = node.querySelector(selector);
    if (words) target.textContent = words;
    else target.remove();
  }
  function picture(node, one) {
    var frame = node.querySelector(".frame"), image = frame.querySelector("img"), record = one.record;
    var source = record.picture ? record.picture.address : record.cover;
    if (!source) return frame.remove();
    image.src = source;
    if (record.picture) frame.classList.add("frame--mat");
  }
  function row(one, at, all) {
    var item = place.querySelector("template").content.firstElementChild.cloneNode(true), record = one.record;
    item.dataset.result = record.address.slice(window.exhibitionEngine.pages.length);
    item.dataset.key = one.key;
    item.querySelector("a").href = hrefOf(record);
    set(item, "h2", record.title);
    set(item, ".by", [record.by, record.people].filter(Boolean).join("　"));
    set(item, ".meta", record.meta);
    set(item, ".row__k", record.kind);
    set(item, ".fav__u", record.address);
    picture(item, one);
    var star = item.querySelector("[data-favourite]"), tools = item.querySelector(".fav__t");
    if (given()) {
      star.dataset.favourite = one.key;
      tools.querySelectorAll("[data-act]").forEach(function (button) { button.remove(); });
      return item;
    }
    star.remove();
    tools.querySelector('[data-act="up"]').disabled = at === 0;
    tools.querySelector('[data-act="down"]').disabled = at === all.length - 1;
    tools.querySelectorAll("[data-act]").forEach(function (button) {
      button.setAttribute("aria-label", button.textContent + "《" + record.title + "》");
    });
    return item;
  }
  function say(words, way) {
    line.textContent = words;
    if (way) line.appendChild(way);
  }
  function wayBack(words, act) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }

  function show(then) {
    var sent = given(), keys = sent || own.read(), mine = ++turn;
    var slow = setTimeout(function () { if (mine === turn) say("正在读取…"); }, 400);
    lookUp(keys).then(function (all) {
      if (mine !== turn) return;
      var here = all.filter(function (one) { return one.record; }), lost = all.length - here.length;
      clearTimeout(slow);
      if (line.textContent === "正在读取…") say("");
      place.dataset.mode = sent ? "shared" : "own";
      part("title").textContent = sent ? "别人分享的清单" : "我的收藏";
      if (sent) document.title = document.title.replace("我的收藏", "别人分享的清单");
      part("count").textContent = here.length;
      list.replaceChildren.apply(list, here.map(row));
      gone.hidden = !lost;
      gone.querySelector("span").textContent = lost + " 项已不在展览中";
      gone.querySelector("button").hidden = !!sent;
      ["bar", "tools"].forEach(function (name) { part(name).hidden = !here.length; });
      ["intro", "ways"].forEach(function (name) { part(name).hidden = !!here.length; });
      part("empty").hidden = !!here.length || !!sent;
      place.dataset.shown = String(here.length);
      place.querySelectorAll("[data-mode-only]").forEach(function (node) { node.hidden = node.dataset.modeOnly !== place.dataset.mode; });
      remember(sent, all);
      if (then) then();
    }, function () {
      clearTimeout(slow);
      if (mine === turn) say("暂时读不到展览的目录，请刷新再试。");
    });
  }
  // entries whose id has changed are kept under the present one
  function remember(sent, all) {
    var keys = all.map(function (one) { return one.key; });
    if (!sent && keys.join() !== own.read().join()) own.write(keys);
  }
  function shownKeys() { return Array.from(list.children).map(function (item) { return item.dataset.key; }); }
  function titleOf(item) { return item.querySelector("h2").textContent; }

  // --- what people do --------------------------------------------------------------------------------------------------

  function change(keys, words, then) {
    var before = own.read(), kept = own.write(keys);
    undo = before;
    say(words + (kept ? "" : "浏览器不让保存，只在这一页有效。"), words.indexOf("移到") < 0 ? wayBack("撤销", function () {
      own.write(undo);
      say("已恢复。");
    }) : null);
    show(then);
  }
  function move(item, by) {
    var keys = own.read(), other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    var from = keys.indexOf(item.dataset.key), to = keys.indexOf(other.dataset.key), key = item.dataset.key;
    keys.splice(to, 0, keys.splice(from, 1)[0]);
    change(keys, "《" + titleOf(item) + "》移到第 " + (Array.prototype.indexOf.call(list.children, other) + 1) + " 项。", function () {
      var moved = list.querySelector('[data-key="' + key + '"]');
      var button = moved.querySelector(by < 0 ? '[data-act="up"]' : '[data-act="down"]');
      (button.disabled ? moved.querySelector("[data-act]:not(:disabled)") : button).focus();
    });
  }
  function remove(item) {
    var key = item.dataset.key, next = item.nextElementSibling || item.previousElementSibling, near = next && next.dataset.key;
    change(own.read().filter(function (one) { return one !== key; }), "已移除《" + titleOf(item) + "》。", function () {
      var after = near && list.querySelector('[data-key="' + near + '"] [data-act="remove"]');
      (after || part("title")).focus();
    });
  }
  function share(button) {
    var address = shared(shownKeys());
    if (navigator.share) return navigator.share({ title: "我的收藏", url: address }).catch(function () {});
    return window.exhibitionCopy(address).then(function () {
      say("链接已复制，可以粘贴到微信里发给别人。");
    }, function () {
      say("请复制这个链接：" + address);
    });
  }
  function download() {
    var csv = window.exhibitionTable ? Promise.resolve() : script("csv.js");
    Promise.all([csv, lookUp(shownKeys())]).then(function (got) {
      var rows = got[1].filter(function (one) { return one.record; }).map(function (one) {
        var record = one.record;
        return [record.title, record.kind, record.by, record.people, record.meta, record.address];
      });
      window.exhibitionTable.save("我的收藏", [["名称", "种类", "单位", "人员", "年份与荣誉", "网址"]].concat(rows));
      say("已下载，可用 Excel 打开。");
    }, function () { say("没有下载成功，请再试一次。"); });
  }
  function adopt() {
    var mine = own.read(), fresh = shownKeys().filter(function (key) { return mine.indexOf(key) < 0; });
    var room = fresh.slice(0, own.most - mine.length), kept = own.write(mine.concat(room));
    var way = document.createElement("a");
    way.href = "./" + (/^file:/.test(location.href) ? "index.html" : "");
    way.textContent = "看我的收藏";
    say((kept ? "已存入 " : "浏览器不让保存，暂时记下 ") + room.length + " 项" + (room.length < fresh.length ? "，其余放不下了" : "") + "。", way);
  }
  var acts = {
    up: function (item) { move(item, -1); }, down: function (item) { move(item, 1); }, remove: remove,
    share: share, csv: download, print: function () { window.print(); }, adopt: adopt,
    empty: function () { change([], "已清空。", function () { part("title").focus(); }); },
    clean: function () { change(shownKeys(), "已清理。"); }
  };
  place.addEventListener("click", function (event) {
    var button = event.target.closest("[data-act]");
    if (button) acts[button.dataset.act](button.closest("[data-key]") || button);
  });
  document.addEventListener("exhibition-favourites", function () {
    if (!given() && own.read().join() !== shownKeys().join()) show();
  });
  show();
})();
