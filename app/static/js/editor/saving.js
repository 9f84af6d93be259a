// Saving versions, hearing of others, and keeping on without a connection.
import { ask, NoConnection, Refused } from './asking.js'
import { fromGeoJSON, isEqual, toGeoJSON } from './model.js'
import { button, byId, element, notice, say } from './panel.js'

const PRESENCE_MS = 12000
const AGAIN_MS = 5000
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/London' })

export class Saving {
  constructor (editor, { reference, token, mayKeep, name, canvas, fail, kept }) {
    Object.assign(this, { editor, reference, token, mayKeep, name, canvas, fail, kept })
    this.window = crypto.randomUUID?.() ?? `window-${Math.random().toString(36).slice(2)}-${Date.now()}`
    editor.addEventListener('change', () => this.show())
    editor.addEventListener('facts', () => this.show())
    window.addEventListener('online', () => this.again())
    setInterval(() => this.again(), AGAIN_MS)
  }

  get address () { return `/api/v1/drafts/${this.reference}` }
  post (address, body) { return ask(address, { method: 'POST', body, token: this.token }) }

  // What the server has; what this browser has kept besides stays as it was left.
  async load (hasOwn) {
    const draft = await ask(this.address)
    const [latest] = draft.versions
    if (!hasOwn || (!this.editor.isUnsaved && this.editor.facts.basedOn !== latest.number)) {
      const version = await ask(`${this.address}/versions/${latest.number}`)
      this.editor.begin(fromGeoJSON(version.boundary), version.start, { basedOn: latest.number })
    }
    this.showVersions(draft.versions)
    this.listen()
  }

  listen () {
    this.hear()
    setInterval(() => this.hear(), PRESENCE_MS)
    window.addEventListener('focus', () => this.hear())
  }

  async hear () {
    if (document.hidden) return
    try {
      const { others, latest } = await this.post(`${this.address}/editors`, { window: this.window })
      notice('others', others.length ? `${others.join(' and ')} ${others.length > 1 ? 'have' : 'has'} this boundary open as well. Both of you can save: nothing is overwritten.` : '')
      if (latest.number > this.editor.facts.basedOn && !this.isSaving && this.told !== latest.number) {
        this.told = latest.number
        await this.tellNewer(latest)
      }
    } catch (error) {
      if (!(error instanceof NoConnection)) this.fail(error)
    }
  }

  async tellNewer (latest) {
    const version = latest.boundary ? latest : await ask(`${this.address}/versions/${latest.number}`)
    const theirs = fromGeoJSON(version.boundary)
    const clear = () => { notice('newer', ''); this.canvas.showTheirs(null) }
    this.canvas.showTheirs(theirs)
    const text = `${version.saved_by} has saved version ${version.number}. It is drawn in purple beside yours. Yours is still here.`
    say(text)
    notice('newer', text,
      button('Take theirs', () => {
        clear()
        this.editor.change(theirs, `Version ${version.number} taken`, { start: version.start })
        this.editor.set({ basedOn: version.number, unsaved: false })
      }),
      button('Keep mine as the newest', () => {
        clear()
        this.editor.set({ basedOn: version.number })
        this.save()
      }),
      button('Decide later', () => { clear(); this.editor.set({ waiting: false }) }))
  }

  async save () {
    const { editor } = this
    if (!this.mayKeep || this.isSaving) return
    if (!editor.boundary.length) { say('Draw something first: there is nothing to save.'); return }
    this.isSaving = true
    const saved = editor.boundary
    try {
      const version = this.reference ? await this.next() : await this.first()
      notice('save', '')
      this.canvas.showTheirs(null)
      notice('newer', '')
      editor.set({ basedOn: version.number, waiting: false, unsaved: !isEqual(saved, editor.boundary) })
      say(`Saved as version ${version.number}.`)
      this.showVersions((await ask(this.address)).versions)
    } catch (error) {
      await this.refused(error)
    } finally {
      this.isSaving = false
    }
  }

  next () {
    const { boundary, facts, history, start } = this.editor
    return this.post(`${this.address}/versions`, { boundary: toGeoJSON(boundary), based_on: facts.basedOn, what: history.now.what.slice(0, 300), start })
  }

  async first () {
    const { boundary, start, history } = this.editor
    const name = this.name()
    const draft = await this.post('/api/v1/drafts', { name, start, boundary: toGeoJSON(boundary), what: history.now.what.slice(0, 300) })
    this.reference = draft.reference
    await this.kept(draft)
    this.listen()
    return draft.versions[0]
  }

  async refused (error) {
    if (error instanceof NoConnection) {
      this.editor.set({ waiting: true })
      say('No connection. Kept in this browser, and saved as soon as there is one.')
    } else if (error instanceof Refused && error.problem.latest) {
      this.editor.set({ waiting: false })
      await this.tellNewer(error.problem.latest)
    } else if (error instanceof Refused && error.status === 401) {
      this.editor.set({ waiting: true })
      notice('save', 'You have been signed out. Your work is kept in this browser: sign in, and it will be saved.',
        element('a', { className: 'govuk-link', href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, text: 'Sign in' }))
    } else this.fail(error)
  }

  again () {
    if (this.editor.facts.waiting && navigator.onLine) this.save()
  }

  async bringBack (number) {
    try {
      const version = await this.post(`${this.address}/versions/${number}/restore`, { based_on: this.editor.facts.basedOn })
      this.editor.change(fromGeoJSON(version.boundary), `Version ${number} brought back`, { start: version.start })
      this.editor.set({ basedOn: version.number, unsaved: false })
      say(`Version ${number} is back, as version ${version.number}.`)
      this.showVersions((await ask(this.address)).versions)
    } catch (error) { await this.refused(error) }
  }

  show () {
    const { facts } = this.editor
    const words = !this.mayKeep
      ? 'Kept in this browser only'
      : facts.waiting ? 'No connection: kept in this browser, to be saved later'
        : facts.unsaved ? 'Changes not saved yet (kept in this browser)' : facts.basedOn ? `Version ${facts.basedOn} saved` : 'Nothing to save yet'
    byId('kept').textContent = [this.reference, words].filter(Boolean).join(' · ')
    byId('kept').dataset.state = facts.waiting ? 'waiting' : facts.unsaved ? 'unsaved' : 'saved'
  }

  showVersions (versions) {
    byId('versions-pane').hidden = false
    byId('versions').replaceChildren(...versions.map((each, index) => {
      const item = element('li', { className: 'fm-versions__one' },
        element('strong', { text: `Version ${each.number}` }),
        ` ${each.saved_by}, ${DAY.format(new Date(each.saved_at))}. ${each.what}`)
      if (index > 0) item.append(' ', button(`Bring back version ${each.number}`, () => this.bringBack(each.number), 'fm-link'))
      return item
    }))
  }
}
