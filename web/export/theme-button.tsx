import { setSetting, useSettings } from '../lib/settings.js'
import { Button } from '../parts/controls.js'

/** From light to dark and back. */
export function ThemeButton() {
  const { theme } = useSettings()
  return (
    <Button
      icon={theme === 'dark' ? 'sun' : 'moon'}
      kind="plain"
      label={theme === 'dark' ? 'Light colours' : 'Dark colours'}
      onPress={() => setSetting('theme', theme === 'dark' ? 'light' : 'dark')}
    />
  )
}
