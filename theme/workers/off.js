// Offline pages are switched off (offline: false): what an earlier worker kept goes, and so does the worker.
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) {
  var own = "exhibition " + new URL(self.registration.scope).pathname + " ";
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) { return name.indexOf(own) === 0; }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.registration.unregister(); }));
});
