import type { Declaration } from './declare.js'

const file = ['-f, --file <file>', 'YAML or JSON; - reads standard input'] as const

/** `template …`. */
export const templateCommands: readonly Declaration[] = [
  {
    usage: 'create',
    summary: 'create templates, and a database if missing',
    about:
      'The file has the parameters of CreateImagePipeline, once or in several documents (---), or ' +
      'a map "templates:" with a name before each. RegionId is --region where it is left out.',
    required: [file],
    examples: [
      ['template create -f web.yaml', 'one template, or several'],
      ['template create -f web.yaml --clock virtual', 'in a new file whose time you move yourself'],
    ],
    load: async () => (await import('../commands/template.js')).create,
  },
  {
    usage: 'list',
    summary: 'list templates',
    examples: [['template list --region cn-beijing', 'of one region']],
    load: async () => (await import('../commands/template.js')).list,
  },
  {
    usage: 'show <template>',
    summary: 'show a template with its parameters',
    examples: [['template show web', 'by name, or by id']],
    load: async () => (await import('../commands/template.js')).show,
  },
  {
    usage: 'delete <template>',
    summary: 'delete it with its executions; the images stay',
    examples: [['template delete web', 'refused while it runs']],
    load: async () => (await import('../commands/template.js')).remove,
  },
]

/** `component …`. */
export const componentCommands: readonly Declaration[] = [
  {
    usage: 'create',
    summary: 'create components, and a database if missing',
    about:
      'The file has the parameters of CreateImageComponent, once or in several documents (---), or ' +
      'a map "components:" with a name before each. RegionId is --region where it is left out.',
    required: [file],
    examples: [['component create -f harden.yaml', 'one component, or several']],
    load: async () => (await import('../commands/component.js')).create,
  },
  {
    usage: 'list',
    summary: 'list components',
    options: [['--system', 'those that the service brings along']],
    examples: [['component list --system', 'what there is without creating any']],
    load: async () => (await import('../commands/component.js')).list,
  },
  {
    usage: 'show <component>',
    summary: 'show a component with its content',
    examples: [['component show harden', 'by name, or by id']],
    load: async () => (await import('../commands/component.js')).show,
  },
  {
    usage: 'delete <component>',
    summary: 'delete a component',
    examples: [['component delete harden', 'refused while a template names it']],
    load: async () => (await import('../commands/component.js')).remove,
  },
]

/** `image …`. */
export const imageCommands: readonly Declaration[] = [
  {
    usage: 'list',
    summary: 'list the images that executions made',
    options: [['--base', 'those that there are to build from']],
    examples: [
      ['image list', 'in every region'],
      ['image list --base --region cn-beijing', 'what a template can start from'],
    ],
    load: async () => (await import('../commands/image.js')).list,
  },
  {
    usage: 'show <image>',
    summary: 'show an image and whom it is shared with',
    examples: [['image show m-bp1g7004ksh0oeuco2ak', 'by id']],
    load: async () => (await import('../commands/image.js')).show,
  },
]
