// Opening the editor: a kept draft, what this browser kept, or the start that the address asks for.
import { showBounds } from './grid-map.js'
import { boundsOf } from './model.js'
import { button, byId, notice } from './panel.js'

export async function openBoundary ({ facts, editor, saving, starts, choices, map, guarded }) {
  const hasOwn = await editor.open(facts.draft || 'new').catch(() => false)
  const wanted = facts.start ? JSON.parse(facts.start) : null
  await guarded(async () => {
    if (facts.draft) await saving.load(hasOwn)
    else if (wanted?.parts) await starts.parts(wanted.parts)
    else if (wanted?.area) await starts.area(wanted.area)
    else if (editor.boundary.length) offerAfresh(editor)
    else if (facts.how === 'parts' || facts.how === 'draw') choices.use(facts.how)
    else if (facts.how === 'file') byId('file').focus()
    else if (facts.how === 'area') byId('copy').focus()
  })
  if (editor.boundary.length) showBounds(map, boundsOf(editor.boundary))
  editor.tell('change')
  editor.tell('choose')
}

function offerAfresh (editor) {
  notice('kept', 'This is what you drew here before. Undo takes steps back.', button('Start afresh', () => {
    notice('kept', '')
    editor.change([], 'Started afresh')
  }))
}
