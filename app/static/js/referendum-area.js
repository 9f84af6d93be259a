// Drawing a referendum area: what it comes to beside it, and the decision in the form below.
import { showFigures } from './editor/area-figures.js'
import { assemble } from './editor/assembly.js'
import { Deciding } from './editor/deciding.js'
import { byId } from './editor/panel.js'

const form = byId('decision')
const deciding = new Deciding(byId('editor').dataset, form)

assemble({
  question: (shape) => deciding.question(shape),
  tell: (answer) => { showFigures(answer); if (answer) deciding.showTicks(answer.places) },
  suggest: () => {},
  layers: ['polling-district'],
  hands: { partKind: 'polling-district', joins: true, toggle: (feature, point) => deciding.toggle(feature, point) },
  keeper: () => ({ save: () => form.querySelector('[value="save"]')?.focus() }),
  acts: () => ({ 'start-again': () => deciding.again() }),
  open: (parts) => deciding.open(parts)
})
