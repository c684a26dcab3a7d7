import { Avatar } from '@mantine/core'

interface Props {
  name: string
  square?: boolean
  small?: boolean
}

/** The first letters of a name in the colour of the name. It says nothing that does not stand beside it. */
export function Monogram({ name, square, small }: Props) {
  return (
    <Avatar
      name={name}
      color="initials"
      allowedInitialsColors={['blue', 'teal', 'grape', 'orange', 'pink', 'cyan', 'indigo', 'green']}
      size={small ? 22 : 30}
      radius={square ? 'sm' : 'xl'}
      aria-hidden
    />
  )
}
