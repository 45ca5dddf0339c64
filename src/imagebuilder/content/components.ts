import type { ComponentParameter, ComponentReference, Purpose, SystemType } from './model.js'
import { suggestion } from './nearest.js'
import { textFits, typeHint } from './parameters.js'
import { parameterCode, problem, quote } from './problem.js'
import { referenceText } from './references.js'

/** What must be known of a component to tell whether a reference to it holds. */
export interface KnownComponent {
  readonly id: string
  readonly componentType: Purpose
  readonly systemType: SystemType
  readonly parameters: readonly ComponentParameter[]
}

/** A reference that holds, and the component that it leads to. */
export interface FoundComponent<T> {
  readonly reference: ComponentReference
  readonly component: T
}

/**
 * Checks the references of a template's content, in their order, against the components that
 * exist. `find` resolves one, `*` in a version included (see `latestVersion`).
 *
 * @returns every reference with its component.
 * @throws EcsError 404 ImageComponent.NotFound; 400 InvalidImageComponent.NotSupported for a Test
 *   component in build content, the reverse, or one for another system; 400
 *   InvalidParameter.BuildContent or .TestContent for a parameter that is unknown, missing or of
 *   another type (the code for these is our choice, the documentation names none).
 */
export function checkComponents<T extends KnownComponent>(
  references: readonly ComponentReference[],
  find: (reference: ComponentReference) => T | undefined,
  use: { readonly purpose: Purpose; readonly systemType: SystemType },
): FoundComponent<T>[] {
  return references.map((reference) => {
    const component = find(reference)
    if (!component) {
      throw problem(
        'ImageComponent.NotFound',
        `there is no component ${referenceText(reference)}`,
        reference.line,
      )
    }
    checkKind(reference, component, use)
    checkValues(reference, component.parameters, use.purpose)
    return { reference, component }
  })
}

function checkKind(
  reference: ComponentReference,
  component: KnownComponent,
  use: { readonly purpose: Purpose; readonly systemType: SystemType },
): void {
  const refuse = (why: string) =>
    problem(
      'InvalidImageComponent.NotSupported',
      `component ${referenceText(reference)} ${why}`,
      reference.line,
    )
  if (component.componentType !== use.purpose) {
    throw refuse(
      `is a ${component.componentType} component; ` +
        `${use.purpose.toLowerCase()} content takes ${use.purpose} components only`,
    )
  }
  if (component.systemType !== use.systemType) {
    throw refuse(`is for ${component.systemType}, the base image is ${use.systemType}`)
  }
}

function checkValues(
  reference: ComponentReference,
  declared: readonly ComponentParameter[],
  purpose: Purpose,
): void {
  const refuse = (why: string) =>
    problem(
      parameterCode({ kind: 'template', purpose }),
      `component ${referenceText(reference)} ${why}`,
      reference.line,
    )
  for (const [name, value] of Object.entries(reference.parameters)) {
    const parameter = declared.find(({ Name }) => Name === name)
    if (!parameter) {
      const names = declared.map(({ Name }) => Name)
      throw refuse(`has no parameter ${quote(name)}; ${suggestion(name, names)}`)
    }
    if (!textFits(parameter.Type, value)) {
      const { Type } = parameter
      throw refuse(`takes a ${Type} for --${name} (${typeHint(Type)}), not ${quote(value)}`)
    }
  }
  const missing = declared.find(
    ({ Name, DefaultValue }) =>
      DefaultValue === undefined && !Object.hasOwn(reference.parameters, Name),
  )
  if (missing) throw refuse(`needs a value: add --${missing.Name} <${missing.Type}>`)
}
