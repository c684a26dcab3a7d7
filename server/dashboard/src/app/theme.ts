import {
  ActionIcon,
  Badge,
  Button,
  type ComboboxProps,
  createTheme,
  type MantineColorsTuple,
  type MenuProps,
  type ModalProps,
  type TableProps,
  type TooltipProps,
} from '@mantine/core'

// One accent, that of the mark; greys that are a little warm; all text at least 4.5 to 1 on what it stands on.
const partage: MantineColorsTuple = ['#eef3ff', '#dbe5ff', '#b7caff', '#8fb0ff', '#6c93fa', '#4a78ee', '#2f5fe0', '#1f4fd1', '#173fa9', '#122f80']

/** How everything looks. */
export const theme = createTheme({
  primaryColor: 'partage',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  colors: { partage },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "Liberation Mono", monospace',
  headings: { fontWeight: '650', textWrap: 'balance' },
  components: {
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } }),
    // These are named here without their code, which comes with the first page that has one.
    Combobox: defaults<ComboboxProps>({ preventPositionChangeWhenVisible: false }), // what it offers may come later, and need more room
    Menu: defaults<MenuProps>({ shadow: 'md', position: 'bottom-end', withinPortal: true, withInitialFocusPlaceholder: false }),
    Modal: {
      styles: { title: { fontWeight: 600 } },
      ...defaults<ModalProps>({
        attributes: { header: { role: 'presentation' } }, // the head of a window is no head of the page
        centered: true,
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
      }),
    },
    Table: defaults<TableProps>({ verticalSpacing: 'sm' }),
    Tooltip: defaults<TooltipProps>({ openDelay: 350, withArrow: true }),
  },
})

function defaults<Props>(defaultProps: Partial<Props>) {
  return { defaultProps }
}
