// What the browser keeps across a reload and while there is no connection: every step of the undo list, where it
// stands, and what is still to be saved. IndexedDB, one record for each step, so that a step costs one small write.
import { History } from './history.js'

const NAME = 'folkmoot-drawing'
const HEADS = 'heads'
const STEPS = 'steps'

function done (request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export async function openStore () {
  const asked = indexedDB.open(NAME, 1)
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(HEADS, { keyPath: 'key' })
    asked.result.createObjectStore(STEPS, { keyPath: ['key', 'number'] })
  }
  return new Store(await done(asked))
}

const range = (key, from, until) => IDBKeyRange.bound([key, from], [key, until])

export class Store {
  constructor (database) { this.database = database }

  // The step that was just made, and the head: which step is now, and what `facts` the editor wants back.
  async keep (key, history, facts) {
    const change = this.database.transaction([HEADS, STEPS], 'readwrite')
    const steps = change.objectStore(STEPS)
    steps.put({ key, number: history.number, ...history.now })
    steps.delete(range(key, history.first + history.steps.length, Infinity))
    if (history.first > 0) steps.delete(range(key, -1, history.first - 1))
    change.objectStore(HEADS).put({ key, number: history.number, first: history.first, facts })
    return finished(change)
  }

  // Which step is now, after undo or redo, or new facts.
  async point (key, history, facts) {
    const change = this.database.transaction([HEADS], 'readwrite')
    change.objectStore(HEADS).put({ key, number: history.number, first: history.first, facts })
    return finished(change)
  }

  // What was kept under a key: {history, facts}; null where nothing was.
  async load (key) {
    const read = this.database.transaction([HEADS, STEPS], 'readonly')
    const [head, steps] = await Promise.all([
      done(read.objectStore(HEADS).get(key)), done(read.objectStore(STEPS).getAll(range(key, 0, Infinity)))
    ])
    if (!head || !steps.length) return null
    const first = steps[0].number
    const history = new History(steps.map(({ boundary, what, start }) => ({ boundary, what, start })), head.number - first, first)
    return history.now ? { history, facts: head.facts } : null
  }

  // Everything kept under one key goes on under another.
  async move (from, to) {
    const change = this.database.transaction([HEADS, STEPS], 'readwrite')
    const [heads, steps] = [change.objectStore(HEADS), change.objectStore(STEPS)]
    steps.delete(range(to, -1, Infinity))
    const found = steps.getAll(range(from, 0, Infinity))
    found.onsuccess = () => { for (const step of found.result) steps.put({ ...step, key: to }); steps.delete(range(from, -1, Infinity)) }
    const head = heads.get(from)
    head.onsuccess = () => { if (head.result) heads.put({ ...head.result, key: to }); heads.delete(from) }
    return finished(change)
  }
}

function finished (change) {
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve()
    change.onerror = change.onabort = () => reject(change.error)
  })
}
