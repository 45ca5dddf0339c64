import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface DialogProps {
  readonly title: string
  readonly children: ComponentChildren
  readonly onClose: () => void
  /** More of its look. */
  readonly look?: string
}

/** A dialog of the browser's own: it keeps the focus, and Escape closes it. */
export function Dialog({ title, children, onClose, look = '' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  const pressed = (event: MouseEvent): void => {
    if (event.target === ref.current) onClose()
  }
  return (
    <dialog
      ref={ref}
      class={`dialog ${look}`}
      aria-label={title}
      onClick={pressed}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}
