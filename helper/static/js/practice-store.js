// What the device keeps for practising without a network: questions, and answers to be sent.

const open = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("rednote-practice", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("queue", { autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function run(store, mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const keepSession = (session) => run("kept", "readwrite", (s) => s.put(session, "session"));
export const keptSession = () => run("kept", "readonly", (s) => s.get("session"));

// The question leaves the kept session in the same transaction in which its answer joins the
// queue: a closed tab can lose neither and can double neither.
export async function queueAnswer(review, session) {
  const database = await open();
  try {
    await new Promise((resolve, reject) => {
      const transaction = database.transaction(["kept", "queue"], "readwrite");
      transaction.objectStore("queue").add(review);
      transaction.objectStore("kept").put(session, "session");
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const queueReview = (review) => run("queue", "readwrite", (s) => s.add(review));

export async function queued() {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const found = [];
      const request = database.transaction("queue").objectStore("queue").openCursor();
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return resolve(found);
        found.push({ id: cursor.key, review: cursor.value });
        return cursor.continue();
      };
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

export const forget = (ids) =>
  run("queue", "readwrite", (s) => {
    ids.forEach((id) => s.delete(id));
    return null;
  });
