import type { ComponentChildren } from 'preact'
import { useWatched, Watched } from '../lib/watched.js'
import { Button } from './controls.js'

interface Toast {
  readonly id: number
  readonly content: ComponentChildren
}

/** How long a toast stays, in milliseconds. */
const stays = 8_000

class Toasts extends Watched {
  all: readonly Toast[] = []
  #next = 1

  say(content: ComponentChildren): void {
    const id = this.#next++
    this.all = [...this.all, { id, content }].slice(-3)
    this.changed()
    setTimeout(() => this.drop(id), stays)
  }

  drop(id: number): void {
    this.all = this.all.filter((each) => each.id !== id)
    this.changed()
  }
}

const toasts = new Toasts()

/** Says what happened elsewhere than where one looks. */
export function toast(content: ComponentChildren): void {
  toasts.say(content)
}

export function ToastList() {
  useWatched(toasts)
  return (
    <div class="toasts" role="status">
      {toasts.all.map(({ id, content }) => (
        <div key={id} class="toast">
          <div class="grow">{content}</div>
          <Button icon="close" kind="plain" label="Close" onPress={() => toasts.drop(id)} />
        </div>
      ))}
    </div>
  )
}
