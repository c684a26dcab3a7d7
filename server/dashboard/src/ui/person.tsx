import { Group, Text } from '@mantine/core'
import { Monogram } from './monogram'
import classes from './person.module.css'

interface Named {
  firstName: string
  lastName: string
  email?: string
}

/** First and last name. */
export function nameOf(person: Named): string {
  return `${person.firstName} ${person.lastName}`.trim()
}

/** A person in a row: letters, name, and address where it is known. */
export function Person({ of, small }: { of: Named; small?: boolean }) {
  return (
    <Group gap="sm" wrap="nowrap" className={classes.person}>
      <Monogram name={nameOf(of)} {...(small && { small })} />
      <div className={classes.names}>
        <Text size="sm" fw={small ? undefined : 500} truncate>
          {nameOf(of)}
        </Text>
        {of.email !== undefined && (
          <Text size="xs" c="dimmed" truncate>
            {of.email}
          </Text>
        )}
      </div>
    </Group>
  )
}
