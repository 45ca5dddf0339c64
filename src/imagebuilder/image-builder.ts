import { executionMachine } from '../../machines/execution.js'
import type { Reader } from '../core/ports.js'
import type { Engine } from '../engine/engine.js'
import type { Transaction } from '../engine/transaction.js'
import type { Execution } from '../engine/types.js'
import { createComponent, deleteComponent } from './components.js'
import { type DescribedExecution, describeExecution } from './describe.js'
import { cancelExecution, endByForce, startExecution } from './executions.js'
import { deleteImage } from './images/delete.js'
import { deleteImage as deleteImageOperation } from './parameters/delete-image.js'
import { check } from './parameters/check.js'
import {
  type Component,
  findRows,
  type Image,
  type Kind,
  type Rows,
  type Share,
  type Template,
} from './rows.js'
import { type Caller, createTemplate, deleteTemplate } from './templates.js'
import { editWorld } from './world/edit.js'
import type { World, WorldPatch } from './world/types.js'
import { worldOf } from './world-setting.js'

/** Which resources: all fields that are given must match. */
export interface Filter {
  readonly region?: string
  readonly name?: string
  readonly id?: string
}

/**
 * The Image Builder on an engine: the operations of the service, with its parameters, limits and
 * errors. Parameters are given in the vocabulary of the ECS API; every refusal is an `EcsError`, and
 * then nothing was written.
 */
export class ImageBuilder {
  readonly engine: Engine
  readonly #account: string | undefined

  /** @param account who calls; the world's own account when absent */
  constructor(engine: Engine, account?: string) {
    this.engine = engine
    this.#account = account
  }

  /** CreateImagePipeline. */
  createTemplate(parameters: object): Promise<{ readonly ImagePipelineId: string }> {
    return this.#call((tx, caller) => createTemplate(tx, parameters, caller))
  }

  /** DeleteImagePipeline: its executions go with it, its images stay. */
  deleteTemplate(parameters: object): Promise<void> {
    return this.#call((tx, caller) => deleteTemplate(tx, parameters, caller))
  }

  /** CreateImageComponent. */
  createComponent(parameters: object): Promise<{ readonly ImageComponentId: string }> {
    return this.#call((tx, caller) => createComponent(tx, parameters, caller))
  }

  /** DeleteImageComponent. */
  deleteComponent(parameters: object): Promise<void> {
    return this.#call((tx, caller) => deleteComponent(tx, parameters, caller))
  }

  /** StartImagePipelineExecution. Answers at once; the build goes on in the background. */
  startExecution(parameters: object): Promise<{ readonly ExecutionId: string }> {
    return this.#call((tx, caller) => startExecution(tx, parameters, caller))
  }

  /** CancelImagePipelineExecution. */
  cancelExecution(parameters: object): Promise<void> {
    return this.#call((tx, caller) => cancelExecution(tx, parameters, caller))
  }

  /** DeleteImage. */
  deleteImage(parameters: object): Promise<void> {
    return this.#call((tx, caller) =>
      deleteImage(tx, check(deleteImageOperation, parameters), caller),
    )
  }

  /** Ends an execution at once, in any status; the service has no such operation. */
  endExecution(id: string): Promise<void> {
    return this.#call((tx) => endByForce(tx, id))
  }

  /** One execution as callers see it. */
  async execution(id: string): Promise<DescribedExecution | undefined> {
    const execution = await this.engine.get(id)
    if (!execution?.machine.startsWith(`${executionMachine.id}@`)) return undefined
    return describeExecution(execution as Execution<typeof executionMachine>)
  }

  templates(filter: Filter = {}): Promise<readonly Template[]> {
    return this.#find('template', 'Name', 'ImagePipelineId', filter)
  }

  components(filter: Filter = {}): Promise<readonly Component[]> {
    return this.#find('component', 'Name', 'ImageComponentId', filter)
  }

  /** The images that executions made; those of the world are in `world()`. */
  images(filter: Filter = {}): Promise<readonly Image[]> {
    return this.#find('image', 'ImageName', 'ImageId', filter)
  }

  /** With whom an image is shared. */
  shares(imageId: string): Promise<readonly Share[]> {
    return this.engine.read((reader) => findRows(reader, 'share', { ImageId: imageId }))
  }

  world(): Promise<World> {
    return this.engine.read(worldOf)
  }

  /** Changes the world of the file from now on. */
  editWorld(patch: WorldPatch): Promise<World> {
    return this.engine.transact((tx) => {
      const world = editWorld(worldOf(tx), patch)
      tx.set('world', JSON.stringify(world))
      return world
    })
  }

  #call<T>(work: (tx: Transaction, caller: Caller) => T): Promise<T> {
    return this.engine.transact((tx) => {
      const world = worldOf(tx)
      return work(tx, { account: this.#account ?? world.account, world })
    })
  }

  #find<K extends Kind>(
    kind: K,
    nameField: keyof Rows[K] & string,
    idField: keyof Rows[K] & string,
    { region, name, id }: Filter,
  ): Promise<readonly Rows[K][]> {
    return this.engine.read((reader: Reader) => {
      const account = this.#account ?? worldOf(reader).account
      const where: Record<string, string> = { Account: account }
      if (region !== undefined) where.Region = region
      if (name !== undefined) where[nameField] = name
      if (id !== undefined) where[idField] = id
      return findRows(reader, kind, where as Partial<Record<keyof Rows[K] & string, string>>)
    })
  }
}
