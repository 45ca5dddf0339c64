import type { WorldComponent } from './types.js'

type Given = Pick<WorldComponent, 'ImageComponentId' | 'Name' | 'Description' | 'Content'> &
  Partial<WorldComponent>

function systemComponent(given: Given): WorldComponent {
  return {
    SystemType: 'Linux',
    ComponentType: 'Build',
    ComponentVersion: '1.0.0',
    CreationTime: '2024-11-07T00:00:00Z',
    owner: 'ALIYUN',
    ...given,
  }
}

const installPackages = `Parameters:
  packages:
    Type: String
    DefaultValue: curl
Tasks:
  - Name: install
    Action: RunShellCommand
    Properties:
      commandContent: |
        if command -v yum > /dev/null; then
          yum install -y {{ packages }}
        else
          apt-get update && apt-get install -y {{ packages }}
        fi
`

const restart = `Tasks:
  - Name: restart
    Action: Reboot
    Properties:
      forceStop: false
`

const checkPort = `Parameters:
  port:
    Type: Number
    DefaultValue: 22
Tasks:
  - Name: listen
    Action: RunShellCommand
    Properties:
      commandContent: ss -ltn | grep -q ':{{ port }} '
`

const windowsFeature = `Parameters:
  feature:
    Type: String
    DefaultValue: Web-Server
Tasks:
  - Name: install
    Action: RunPowerShellCommand
    Properties:
      commandContent: Install-WindowsFeature -Name {{ feature }}
`

/** Components of the service. Their names and content are ours; none copies the service's own. */
export const defaultComponents: readonly WorldComponent[] = [
  systemComponent({
    ImageComponentId: 'ic-bp122acttbs2sxdyq2ky',
    Name: 'update-packages',
    Description: 'Brings every package up to date.',
    Content: 'RUN yum update -y',
    regions: ['cn-hangzhou'],
  }),
  systemComponent({
    ImageComponentId: 'ic-sysinstallpackages00',
    Name: 'install-packages',
    Description: 'Installs packages by name.',
    Content: installPackages,
  }),
  systemComponent({
    ImageComponentId: 'ic-sysrestart0000000000',
    Name: 'restart-instance',
    Description: 'Restarts the intermediate instance.',
    Content: restart,
  }),
  systemComponent({
    ImageComponentId: 'ic-sysinstallwinfeature',
    Name: 'install-windows-feature',
    Description: 'Installs a Windows feature by name.',
    SystemType: 'Windows',
    Content: windowsFeature,
  }),
  systemComponent({
    ImageComponentId: 'ic-syscheckport00000000',
    Name: 'check-port',
    Description: 'Fails unless something listens on a port.',
    ComponentType: 'Test',
    Content: checkPort,
  }),
]
