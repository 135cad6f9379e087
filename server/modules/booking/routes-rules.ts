import * as contract from '../../../contracts/booking-rules.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import * as categories from '../../../contracts/service-categories.ts'
import { changeCategory, createCategory, listCategories, showCategoryHistory } from './categories.ts'
import { changeRule, createRule } from './change-rule.ts'
import { listRuleOverrides, listRules, showRuleHistory } from './list-rules.ts'
import { showRuleAdvice } from './show-rule-advice.ts'
import { tryRules } from './try-rules.ts'

export const ruleRoutes: readonly Route[] = [
  serve(contract.listRules, (work) => listRules(work)),
  serve(contract.showRuleHistory, (work, { params }) => showRuleHistory(work, params.ruleId)),
  serve(contract.createRule, (work, { body }) => createRule(work, body)),
  serve(contract.changeRule, (work, { params, body }) => changeRule(work, params.ruleId, body)),
  serve(contract.listRuleOverrides, (work, { params }) => listRuleOverrides(work, params.ruleId)),
  serve(categories.listServiceCategories, (work, { query }) => listCategories(work, query.patientId)),
  serve(categories.showCategoryHistory, (work, { params }) => showCategoryHistory(work, params.categoryId)),
  serve(categories.createCategory, (work, { body }) => createCategory(work, body)),
  serve(categories.changeCategory, (work, { params, body }) => changeCategory(work, params.categoryId, body)),
  serve(contract.tryRules, (work, { body }) => tryRules(work, body)),
  serve(contract.showRuleAdvice, (work, { params, query }) => showRuleAdvice(work, { ...params, ...query })),
]
