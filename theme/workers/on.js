// The service worker: what was visited, or saved by the visitor, is there without a network. Its first line says VERSION. docs/offline.md
(function () {
  "use strict";
  var ROOT = self.registration.scope, NAME = "exhibition " + new URL(ROOT).pathname + " ";
  var VISITED = NAME + "visited " + VERSION, PICTURES = NAME + "pictures", SAVED = NAME + "saved";
  var MOST = { visited: 250, pictures: 400 }, PATIENCE = 4000, HEAVY = 1500000;
  var FIRST = ["offline/", "assets/exhibition.css", "assets/prefs.js", "assets/exhibition.js", "assets/favourites.js", "assets/offline.js", "assets/search/boot.js", "assets/favicon.svg"];
  // named after their bytes, so that a kept one is never stale
  var PICTURE = /^media\/..\/[^/]+\.(?:webp|jpe?g|png|avif|svg)$/, NEVER = /^(?:iiif|share|media)\//;

  function within(address) { return address.indexOf(ROOT) === 0 ? address.slice(ROOT.length) : null; }
  function plain(address) { return address.split(/[?#]/)[0]; }

  function trimmed(name, most) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (keys) {
        return Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map(function (key) { return cache.delete(key); }));
      });
    });
  }
  // a full disk is no reason to show nothing
  function keep(name, key, response, most) {
    if (!response.ok || response.redirected || response.type !== "basic" || +response.headers.get("content-length") > HEAVY) return Promise.resolve();
    var copy = response.clone();
    return caches.open(name).then(function (cache) {
      // the newest is the last
      return cache.delete(key).then(function () { return cache.put(key, copy); });
    }).then(function () { return trimmed(name, most); }).catch(function () {});
  }
  function kept(key) {
    return caches.open(VISITED).then(function (cache) { return cache.match(key); }).then(function (found) {
      return found || caches.open(SAVED).then(function (cache) { return cache.match(key); });
    });
  }

  function sooner(request, early) {
    return new Promise(function (done, failed) {
      var timer = setTimeout(function () { early().then(function (found) { if (found) done(found); }); }, PATIENCE);
      fetch(request).then(function (response) { clearTimeout(timer); done(response); }, function (fault) { clearTimeout(timer); failed(fault); });
    });
  }
  // the network first, for as long as somebody waits for a page
  function fresh(event, key, lost) {
    return sooner(event.request, function () { return kept(key); }).then(function (response) {
      event.waitUntil(keep(VISITED, key, response, MOST.visited));
      return response;
    }, function (fault) {
      return kept(key).then(function (found) {
        if (found) return found;
        if (lost) return lost();
        throw fault;
      });
    });
  }
  // any size of a picture is better than none
  function similar(key) {
    var stem = key.slice(0, key.lastIndexOf("-") + 1);
    return Promise.all([PICTURES, SAVED].map(function (name) {
      return caches.open(name).then(function (cache) {
        return cache.match(key).then(function (found) {
          return found || cache.keys().then(function (keys) {
            var near = keys.filter(function (one) { return one.url.indexOf(stem) === 0; })[0];
            return near && cache.match(near);
          });
        });
      });
    })).then(function (found) { return found[0] || found[1]; });
  }
  function picture(event, key) {
    return caches.match(key).then(function (found) {
      return found || fetch(event.request).then(function (response) {
        event.waitUntil(keep(PICTURES, key, response, MOST.pictures));
        return response;
      }, function (fault) {
        return similar(key).then(function (near) {
          if (near) return near;
          throw fault;
        });
      });
    });
  }
  function unseen(address) {
    return function () { return Promise.resolve(Response.redirect(ROOT + "offline/?from=" + encodeURIComponent(within(address)), 302)); };
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request, path = within(request.url);
    if (request.method !== "GET" || path === null || request.headers.has("range")) return;
    path = plain(path);
    if (PICTURE.test(path)) return event.respondWith(picture(event, plain(request.url)));
    if (NEVER.test(path)) return;
    if (request.mode === "navigate") return event.respondWith(fresh(event, plain(request.url).replace(/index\.html$/, ""), unseen(request.url)));
    // files of the search index say in their address which edition of it they are
    event.respondWith(fresh(event, /\?v=/.test(request.url) ? request.url : plain(request.url)));
  });

  // ---- a hall that the visitor saves: its pages, and of each of their pictures one size
  function parts(html, base) {
    var found = {}, match, sources = /(?:src|srcset|href)="([^"]+?\.(?:css|js|svg|webp|jpe?g|png)(?: [^"]*)?)"/g;
    while ((match = sources.exec(html))) {
      var sizes = match[1].split(", ").map(function (one) { return one.split(" "); });
      var fit = sizes.filter(function (one) { return parseInt(one[1], 10) <= 800; }).pop() || sizes[0];
      var address = new URL(fit[0], base).href, path = within(address);
      if (path === null || (NEVER.test(path) && !PICTURE.test(path))) continue;
      // the fallback and the modern file of one picture are not both wanted
      if (PICTURE.test(path) && /\.jpe?g$/.test(path)) continue;
      found[address] = true;
    }
    return Object.keys(found);
  }
  function into(cache, address) {
    return fetch(address, { cache: "no-cache" }).then(function (response) {
      if (!response.ok) throw new Error(address);
      var copy = response.clone();
      return cache.put(address, response).then(function () { return copy; });
    });
  }
  function one(cache, address) {
    return into(cache, address).then(function (response) { return response.text(); }).then(function (html) {
      return Promise.all(parts(html, address).map(function (part) {
        return cache.match(part).then(function (there) {
          return there && PICTURE.test(within(part)) ? null : into(cache, part).catch(function () {});
        });
      }));
    });
  }
  // one page after the other, so that the visitor can go on meanwhile; how many could be had is what counts
  function save(pages, tell) {
    return caches.open(SAVED).then(function (cache) {
      return pages.reduce(function (before, address, at) {
        return before.then(function (done) {
          return one(cache, plain(address)).then(function () { return done + 1; }, function () { return done; }).then(function (now) {
            tell(now, at + 1);
            return now;
          });
        });
      }, Promise.resolve(0));
    });
  }
  function refresh() {
    return caches.open(SAVED).then(function (cache) {
      return cache.keys().then(function (keys) {
        var pages = keys.map(function (key) { return key.url; }).filter(function (address) { return /\/$/.test(address); });
        return pages.length ? save(pages, function () {}) : null;
      });
    });
  }
  self.addEventListener("message", function (event) {
    var asked = event.data || {}, port = event.ports[0];
    if (asked.save && port) {
      var pages = asked.save.filter(function (address) { return within(address) !== null; });
      event.waitUntil(save(pages, function (done, tried) { port.postMessage({ done: done, tried: tried, of: pages.length }); }));
    }
    if (asked.forget && port) event.waitUntil(caches.delete(SAVED).then(function () { port.postMessage({ forgotten: true }); }));
  });

  self.addEventListener("install", function (event) {
    self.skipWaiting();
    event.waitUntil(caches.open(VISITED).then(function (cache) {
      return Promise.all(FIRST.map(function (path) { return cache.add(new Request(ROOT + path, { cache: "no-cache" })); }));
    }));
  });
  self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      var old = names.filter(function (name) { return name.indexOf(NAME + "visited ") === 0 && name !== VISITED; });
      return Promise.all(old.map(function (name) { return caches.delete(name); })).then(function () {
        return old.length ? refresh().catch(function () {}) : null;
      });
    }).then(function () { return self.clients.claim(); }));
  });
})();
