// Asking the service: one sentence where it refuses, and a kind of its own where there is no connection.
export class NoConnection extends Error {
  constructor () { super('There is no connection. Your work is kept in this browser.') }
}

export class Refused extends Error {
  constructor (problem, status) {
    super(problem.detail ?? 'The service could not do this: try again.')
    this.status = status
    this.problem = problem
  }
}

export async function ask (address, { method = 'GET', body, form, token, signal } = {}) {
  const headers = { Accept: 'application/json' }
  if (token) headers['X-Form-Token'] = token
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const [answer, text] = await sent(address, { method, headers, signal, body: form ?? (body === undefined ? undefined : JSON.stringify(body)) })
  if (!answer.ok) throw new Refused(problemIn(text), answer.status)
  return JSON.parse(text)
}

// The answer and its text: a connection may also be cut while the text is still on its way.
async function sent (address, how) {
  try {
    const answer = await fetch(address, how)
    return [answer, await answer.text()]
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new NoConnection()
  }
}

function problemIn (text) {
  try { return JSON.parse(text) } catch { return {} }
}
