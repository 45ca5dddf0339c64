import { describeTasks as request } from '../../../imagebuilder/parameters/tasks.js'
import { checkTaskRegion, noTaskRegion } from '../../documented-tasks.js'
import { wireOperation } from '../../operation.js'

export const describeTasks = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeTasks', resources: () => ['*'] },
  errors: [noTaskRegion],
  sample: {
    RegionId: 'cn-hangzhou',
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 0,
    TaskSet: { Task: [] },
  },
  // Nothing that is spoken here makes a task.
  run(_, { parameters: { RegionId, PageNumber, PageSize }, caller }) {
    checkTaskRegion(caller.world, RegionId)
    return { RegionId, PageNumber, PageSize, TotalCount: 0, TaskSet: { Task: [] } }
  },
})
