import assert from 'node:assert/strict'
import { test } from 'node:test'
import { History, MOST_STEPS } from '../../app/static/js/editor/history.js'

const begun = () => new History([{ boundary: 0, what: 'begun' }])

test('a hundred steps are taken back and done again in order', () => {
  const history = begun()
  for (let step = 1; step <= 120; step++) history.push(step, `step ${step}`)
  for (let step = 120; step > 20; step--) assert.equal(history.undo(), `step ${step}`)
  assert.equal(history.now.boundary, 20)
  for (let step = 21; step <= 120; step++) assert.equal(history.redo(), `step ${step}`)
  assert.equal(history.redo(), null)
  assert.equal(history.now.boundary, 120)
})

test('a new step forgets what was taken back', () => {
  const history = begun()
  history.push(1, 'one')
  history.push(2, 'two')
  history.undo()
  history.push(3, 'three')
  assert.equal(history.mayRedo, false)
  assert.equal(history.undo(), 'three')
  assert.equal(history.now.boundary, 1)
})

test('the oldest steps go first, and the number of a step never changes', () => {
  const history = begun()
  for (let step = 1; step <= MOST_STEPS + 10; step++) history.push(step, `${step}`)
  assert.equal(history.steps.length, MOST_STEPS + 1)
  assert.equal(history.number, MOST_STEPS + 10)
  assert.equal(history.steps[0].boundary, 10)
  assert.equal(history.first, 10)
})

test('there is nothing to take back at the beginning', () => {
  assert.equal(begun().undo(), null)
  assert.equal(begun().redo(), null)
})
