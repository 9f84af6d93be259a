// Finding a place by name, postcode, property number or grid reference: the map goes there, and a point can be put there.
import { ask } from './asking.js'
import { gridReference, readPlace } from './places.js'
import { element } from './panel.js'

const DELAY_MS = 250
const SHORTEST = 2
const KINDS = {
  area: 'neighbourhood area', parish: 'parish', ward: 'ward', authority: 'planning authority', postcode: 'postcode', property: 'property', point: 'place on the map'
}

// What was found, in words: "Alder, parish".
export function wordsOf ({ name, kind }) { return `${name}, ${KINDS[kind] ?? kind}` }

// How many were found, for people who listen.
export function countWords (found, asked) {
  if (!found.length) return `Nothing here is called “${asked}”. Check the spelling, or try a postcode or grid reference.`
  return found.length === 1 ? `1 place found: ${wordsOf(found[0])}. Press Enter to go there.` : `${found.length} places found. Use the down arrow to choose one.`
}

// Where a found place is; a typed reference is the very point that the table of points would read in it.
export function pointOf ({ kind, reference, easting, northing }) {
  return (kind === 'point' && readPlace(reference)) || [easting, northing]
}

export class Search {
  // show: puts the map there. put: puts a point there. They take what was found, and its point.
  constructor ({ field, list, chosen, show, put, say, fail, delay = DELAY_MS, fetcher = ask }) {
    Object.assign(this, { field, list, chosen, show, put, say, fail, delay, fetcher, found: [], turn: 0 })
    field.addEventListener('input', () => this.wait())
    field.addEventListener('keydown', (event) => this.keyInField(event))
    list.addEventListener('keydown', (event) => this.keyInList(event))
  }

  wait () {
    clearTimeout(this.waiting)
    this.turn += 1
    const text = this.field.value.trim()
    if (text.length < SHORTEST) { this.close(); return }
    this.waiting = setTimeout(() => this.ask(text), this.delay)
  }

  // The likeliest first; an answer that another question has overtaken is dropped.
  async ask (text) {
    clearTimeout(this.waiting)
    const turn = ++this.turn
    try {
      const found = await this.fetcher(`/search.json?q=${encodeURIComponent(text)}`)
      if (turn !== this.turn) return null
      this.asked = text
      this.offer(found)
      this.say(countWords(found, text))
      return found
    } catch (error) {
      if (turn === this.turn) this.fail(error)
      return null
    }
  }

  // What is in the field goes to the map at once, where it answers to one thing or to the first of several.
  async go () {
    const text = this.field.value.trim()
    if (text.length < SHORTEST) { this.say('Type a place name, a postcode, a property number or a grid reference.'); return }
    const found = this.asked === text && this.found.length ? this.found : await this.ask(text)
    if (found?.length === 1) this.choose(found[0])
    else if (found?.length) this.list.querySelector('button').focus()
  }

  offer (found) {
    this.found = found
    this.list.replaceChildren(...found.map((place) => {
      const made = element('button', { type: 'button', className: 'fm-search__one' },
        element('span', { className: 'fm-search__name', text: place.name }), element('span', { className: 'fm-search__kind', text: KINDS[place.kind] ?? place.kind }))
      made.addEventListener('click', () => this.choose(place))
      return element('li', {}, made)
    }))
    if (!found.length) this.list.append(element('li', { className: 'fm-search__none', text: 'Nothing found' }))
    this.list.hidden = false
    this.field.setAttribute('aria-expanded', 'true')
  }

  close () {
    this.list.hidden = true
    this.list.replaceChildren()
    this.found = []
    this.asked = null
    this.field.setAttribute('aria-expanded', 'false')
  }

  choose (place) {
    this.close()
    this.field.value = place.name
    this.show(place)
    const at = pointOf(place)
    const make = (text, act, className) => {
      const made = element('button', { type: 'button', className, text })
      made.addEventListener('click', act)
      return made
    }
    const putting = make('Put a point there', () => this.put(at), 'fm-tool fm-tool--strong')
    this.chosen.replaceChildren(element('span', { text: `${wordsOf(place)}, at ${gridReference(at)}` }), putting,
      make('Close', () => { this.chosen.hidden = true; this.show(null); this.field.focus() }, 'fm-tool'))
    this.chosen.hidden = false
    putting.focus()
    this.say(`The map shows ${wordsOf(place)}, at ${gridReference(at)}.`)
  }

  keyInField (event) {
    if (event.key === 'Enter') { event.preventDefault(); this.go().catch(this.fail) }
    else if (event.key === 'ArrowDown' && this.found.length) { event.preventDefault(); this.list.querySelector('button').focus() }
    else if (event.key === 'Escape') this.close()
  }

  keyInList (event) {
    const all = [...this.list.querySelectorAll('button')]
    const here = all.indexOf(event.target)
    if (event.key === 'Escape') { this.close(); this.field.focus() }
    else if (event.key === 'ArrowDown') all[Math.min(here + 1, all.length - 1)].focus()
    else if (event.key === 'ArrowUp') (here > 0 ? all[here - 1] : this.field).focus()
    else return
    event.preventDefault()
  }
}
