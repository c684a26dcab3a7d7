// What menus are made of, to be fetched apart from what they hang on.

export { Menu } from '@mantine/core'
