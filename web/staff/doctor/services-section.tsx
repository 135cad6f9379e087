import type { ReactNode } from 'react'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { directories } from '../../../contracts/terminology.ts'
import { Icon, showToast } from '../../ui/index.ts'
import { ConceptSearch } from './concept-search.tsx'
import { withService, type Service } from './records.ts'

type Props = {
  services: ConsultationDraft['services']
  onChange: (services: Service[]) => void
  error: string | undefined
}

/** Services rendered at the visit, by приказ 804н. */
export function ServicesSection({ services, onChange, error }: Props): ReactNode {
  const remove = (service: Service) => {
    const before = [...services]
    onChange(services.filter((s) => s !== service))
    showToast({ text: `Убрана услуга ${service.code}`, action: { label: 'Вернуть', run: () => onChange(before) } })
  }
  const setQuantity = (code: string, text: string) => {
    const quantity = Math.min(99, Math.max(1, Number(text.replace(/\D/g, '').slice(0, 2)) || 1))
    onChange(services.map((s) => (s.code === code ? { ...s, quantity } : s)))
  }
  return (
    <>
      <ConceptSearch
        oid={directories.services}
        label="Добавить услугу"
        hint="Код или слова номенклатуры: «B01.047», «приём терапевта», «ЭКГ»"
        error={error}
        onChoose={({ code, name }) => onChange(withService(services, code, name))}
      />
      <ul className="coded">
        {services.map((service) => (
          <li key={service.code} className="coded__item">
            <div className="coded__head">
              <p>
                <span className="strong numbers">{service.code}</span> {service.name}
              </p>
              <label className="coded__quantity">
                <span className="visually-hidden">Сколько раз: {service.code}</span>
                <input
                  className="input numbers"
                  type="number"
                  min={1}
                  max={99}
                  value={service.quantity}
                  onChange={(event) => setQuantity(service.code, event.currentTarget.value)}
                />
              </label>
              <button type="button" className="icon-button" onClick={() => remove(service)}>
                <Icon name="cross" size={20} />
                <span className="visually-hidden">Убрать услугу {service.code}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
