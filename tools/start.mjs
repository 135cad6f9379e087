// `npm start`: builds what has changed, then runs the demo from dist/ in this very process.
import { buildAll } from './build.mjs'

const names = { citizen: 'Страницы пациента', staff: 'Страницы сотрудников', server: 'Сервер' }
let announced = false
await buildAll({
  tell: (name, seconds) => {
    if (!announced) process.stdout.write('\nСборка\n')
    announced = true
    if (seconds !== undefined)
      process.stdout.write(`  ${names[name]}: готово, ${seconds.toFixed(1).replace('.', ',')} с\n`)
  },
})
process.stdout.write('\nЗапуск\n')
process.argv[2] = 'demo'
await import('../dist/server/main.mjs')
