import { refuse } from '../../../imagebuilder/images/faults.js'
import { describeTaskAttribute as request } from '../../../imagebuilder/parameters/tasks.js'
import { checkTaskRegion, noTask, noTaskRegion } from '../../documented-tasks.js'
import { wireOperation } from '../../operation.js'

export const describeTaskAttribute = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeTaskAttribute', resources: () => ['*'] },
  errors: [noTaskRegion, noTask],
  sample: {
    RegionId: 'cn-hangzhou',
    TaskId: 't-ce946ntx4wr0a1b2c3d4',
    TaskAction: 'ExportImage',
    TaskStatus: 'Finished',
    TaskProcess: '100%',
    SupportCancel: 'true',
    CreationTime: '2026-01-05T02:00Z',
    FinishedTime: '2026-01-05T02:10Z',
    TotalCount: 1,
    SuccessCount: 1,
    FailedCount: 0,
    OperationProgressSet: { OperationProgress: [] },
  },
  // Nothing that is spoken here makes a task.
  run(_, { parameters: { RegionId, TaskId }, caller }) {
    checkTaskRegion(caller.world, RegionId)
    throw refuse(noTask, { TaskId })
  },
})
