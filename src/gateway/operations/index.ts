import { type AnyOperation, type Product, products } from '../operation.js'
import { cancelCopyImage } from './ecs/cancel-copy-image.js'
import { cancelImagePipelineExecution } from './ecs/cancel-image-pipeline-execution.js'
import { copyImage } from './ecs/copy-image.js'
import { createImageComponent } from './ecs/create-image-component.js'
import { createImagePipeline } from './ecs/create-image-pipeline.js'
import { createImage } from './ecs/create-image.js'
import { deleteImageComponent } from './ecs/delete-image-component.js'
import { deleteImagePipeline } from './ecs/delete-image-pipeline.js'
import { deleteImage } from './ecs/delete-image.js'
import { describeImageComponents } from './ecs/describe-image-components.js'
import { describeImageFromFamily } from './ecs/describe-image-from-family.js'
import { describeImagePipelineExecutions } from './ecs/describe-image-pipeline-executions.js'
import { describeImagePipelines } from './ecs/describe-image-pipelines.js'
import { describeImageSharePermission } from './ecs/describe-image-share-permission.js'
import { describeImages } from './ecs/describe-images.js'
import { joinResourceGroup } from './ecs/join-resource-group.js'
import { listTagResources } from './ecs/list-tag-resources.js'
import { modifyImageAttribute } from './ecs/modify-image-attribute.js'
import { modifyImageShareGroupPermission } from './ecs/modify-image-share-group-permission.js'
import { modifyImageSharePermission } from './ecs/modify-image-share-permission.js'
import { startImagePipelineExecution } from './ecs/start-image-pipeline-execution.js'
import { tagResources } from './ecs/tag-resources.js'
import { untagResources } from './ecs/untag-resources.js'

/** Every operation that is spoken here. A new one is added here and nowhere else. */
export const operations: readonly AnyOperation[] = [
  createImagePipeline,
  describeImagePipelines,
  deleteImagePipeline,
  startImagePipelineExecution,
  describeImagePipelineExecutions,
  cancelImagePipelineExecution,
  createImageComponent,
  describeImageComponents,
  deleteImageComponent,
  describeImages,
  describeImageFromFamily,
  createImage,
  copyImage,
  cancelCopyImage,
  deleteImage,
  modifyImageAttribute,
  modifyImageSharePermission,
  describeImageSharePermission,
  modifyImageShareGroupPermission,
  tagResources,
  untagResources,
  listTagResources,
  joinResourceGroup,
]

/** The operation of a product in one of its versions; undefined where there is none. */
export function find(product: Product, version: string, action: string): AnyOperation | undefined {
  if (products[product] !== version) return undefined
  return operations.find((each) => each.product === product && each.request.action === action)
}
