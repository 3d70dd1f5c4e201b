# Makes metafor-more.json: further measures, tests, statistics and hard sets, computed by the R package metafor.
#
#   Rscript tests/reference/metafor-more.R > tests/reference/metafor-more.json
#
# Needs what metafor.R needs, and is as tight. Beside effect sizes and models it holds leave-one-out, cumulative and
# influence with every column that metafor gives, meta-regressions, and subgroups with the test of difference. Numbers
# have 12 digits.

suppressPackageStartupMessages({
  library(metafor)
  library(jsonlite)
})

methods <- c("EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB")
tests <- c("z", "knha", "adhoc")
counts <- c("ai", "bi", "ci", "di")
means <- c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
rates <- c("x1i", "t1i", "x2i", "t2i")
no_limit <- 1e6   # metafor's own limit of the search for tau² cuts intervals of few or large effects off

number <- function(x) if (is.null(x)) list() else unname(as.numeric(x))

# One fit, as tight as it comes to a stand ----------------------------------------------------------------------------

fit_of <- function(yi, vi, method, test, ...) {
  threshold <- 1e-15 * min(1, var(yi))
  for (attempt in 1:6) {
    control <- switch(method,
      REML = , ML = list(threshold = threshold, maxiter = 10000),
      PM = list(tol = 1e-15, maxiter = 10000, tau2.max = no_limit),
      EB = list(maxiter = 10000),
      list())
    fit <- tryCatch(suppressWarnings(rma(yi, vi, method = method, test = test, control = control, ...)),
      error = function(e) e)
    if (!inherits(fit, "error")) return(fit)
    threshold <- threshold * 10
  }
  stop(fit)
}

model_of <- function(fit) {
  expected <- predict(fit)
  random <- fit$method != "EE"
  found <- list(
    method = fit$method, test = fit$test,
    beta = number(fit$beta), se = number(fit$se), ci_lb = number(fit$ci.lb), ci_ub = number(fit$ci.ub),
    pval = number(fit$pval), tau2 = number(fit$tau2), I2 = number(fit$I2), H2 = number(fit$H2),
    QE = number(fit$QE), QEp = number(fit$QEp),
    pi_lb = if (random) number(expected$pi.lb), pi_ub = if (random) number(expected$pi.ub)
  )
  if (fit$test == "z") found$weights <- number(weights(fit))
  found
}

refits_of <- function(x) {
  found <- list(
    estimate = x$estimate, se = x$se, zval = if (is.null(x$zval)) x$tval else x$zval,
    pval = if (is.null(x$pval)) x$pvals else x$pval, ci_lb = x$ci.lb, ci_ub = x$ci.ub, Q = x$Q, Qp = x$Qp,
    tau2 = x$tau2, I2 = x$I2, H2 = x$H2
  )
  lapply(Filter(Negate(is.null), found), number)
}

influence_of <- function(fit) {
  if (fit$se == 0) return(NULL)   # identical effects under knha: there is nothing to measure a move by
  found <- suppressWarnings(influence(fit))
  list(
    rstudent = number(found$inf$rstudent), dffits = number(found$inf$dffits), cook = number(found$inf$cook.d),
    cov_r = number(found$inf$cov.r), tau2 = number(found$inf$tau2.del), QE = number(found$inf$QE.del),
    hat = number(found$inf$hat), dfbs = number(found$dfbs[[1]]), influential = unname(found$is.infl)
  )
}

bias_of <- function(fit) {
  regression <- if (fit$k > 2 && var(fit$vi) > 0 && var(fit$yi) > 0) regtest(fit, model = "lm")
  rank <- if (var(fit$vi) > 0 && var(fit$yi) > 0) suppressWarnings(ranktest(fit))
  filled <- if (fit$k > 2 && var(fit$vi) > 0) tryCatch(trimfill(fit), error = function(e) NULL)   # it may go in circles
  list(
    egger = if (!is.null(regression)) list(zval = number(regression$zval), pval = number(regression$pval)),
    ranktest = if (!is.null(rank)) list(tau = number(rank$tau), pval = number(rank$pval)),
    trimfill = if (!is.null(filled)) {
      list(k0 = number(filled$k0), side = filled$side, beta = number(filled$beta), se = number(filled$se))
    }
  )
}

# Which statistics are pinned for which method and test: metafor gives them for all, and the file stays small ---------

with_more <- function(fit) {
  found <- model_of(fit)
  this <- paste(fit$method, fit$test)
  if (this %in% c("REML z", "PM knha", "SJ adhoc")) {
    random <- confint(fit, control = list(tol = 1e-13, tau2.max = no_limit, maxiter = 10000))$random
    found$confint <- list(
      tau2 = number(random["tau^2", 2:3]), I2 = number(random["I^2(%)", 2:3]), H2 = number(random["H^2", 2:3]))
  }
  if (this %in% c("REML z", "DL adhoc")) found$leave1out <- refits_of(suppressWarnings(leave1out(fit)))
  if (this == "REML knha") found$cumulative <- refits_of(suppressWarnings(cumul(fit)))
  if (this %in% c("REML z", "DL knha")) found$influence <- influence_of(fit)
  if (this %in% c("REML z", "DL knha", "EE z", "HE adhoc")) found <- c(found, bias_of(fit))
  Filter(Negate(is.null), found)
}

analysis_of <- function(dataset, measure, input) {
  sizes <- if (measure == "GEN") input else do.call(escalc, c(list(measure = measure), as.list(input)))
  sizes <- data.frame(yi = as.numeric(sizes$yi), vi = as.numeric(sizes$vi))
  sizes <- sizes[is.finite(sizes$yi) & is.finite(sizes$vi), ]
  models <- list()
  for (method in methods) for (test in tests) {
    models[[length(models) + 1]] <- with_more(fit_of(sizes$yi, sizes$vi, method, test))
  }
  found <- list(
    dataset = dataset, measure = measure, k = nrow(sizes), input = input, yi = sizes$yi, vi = sizes$vi, models = models)
  if (all(counts %in% names(input))) {
    arguments <- as.list(input)
    fit <- if (measure == "PETO") do.call(rma.peto, arguments) else do.call(rma.mh, c(arguments, measure = measure))
    found$pooled2x2 <- list(
      beta = number(fit$beta), se = number(fit$se), ci_lb = number(fit$ci.lb), ci_ub = number(fit$ci.ub))
  }
  found
}

# Meta-regression and subgroups ---------------------------------------------------------------------------------------

regression_of <- function(dataset, yi, vi, columns) {
  whole <- complete.cases(yi, vi, columns)
  yi <- as.numeric(yi)[whole]
  vi <- as.numeric(vi)[whole]
  columns <- columns[whole, , drop = FALSE]
  models <- list()
  for (method in methods) for (test in tests) {
    fit <- fit_of(yi, vi, method, test, mods = as.matrix(columns))
    models[[length(models) + 1]] <- Filter(Negate(is.null), list(
      method = method, test = test, beta = number(fit$beta), se = number(fit$se), zval = number(fit$zval),
      pval = number(fit$pval), ci_lb = number(fit$ci.lb), ci_ub = number(fit$ci.ub), tau2 = number(fit$tau2),
      I2 = number(fit$I2), H2 = number(fit$H2), R2 = number(fit$R2), QM = number(fit$QM),
      QMdf = c(fit$QMdf[1], if (test == "z") 0 else fit$QMdf[2]), QMp = number(fit$QMp), QE = number(fit$QE),
      QEp = number(fit$QEp), vb = if (method %in% c("DL", "REML")) unname(fit$vb)
    ))
  }
  list(dataset = dataset, yi = yi, vi = vi, columns = as.list(columns), models = models)
}

subgroups_of <- function(dataset, yi, vi, values) {
  yi <- as.numeric(yi)
  vi <- as.numeric(vi)
  models <- list()
  for (method in methods) for (test in tests) {
    fits <- lapply(unique(values), function(value) fit_of(yi[values == value], vi[values == value], method, test))
    beta <- sapply(fits, function(fit) number(fit$beta))
    se <- sapply(fits, function(fit) fit$se)
    # the groups' effects like studies under equal effects: the Q between them
    between <- rma(beta, sei = se, method = "FE")
    models[[length(models) + 1]] <- list(
      method = method, test = test, value = unique(values), beta = beta, se = se,
      tau2 = sapply(fits, function(fit) number(fit$tau2)),
      QM = number(between$QE), QMdf = length(fits) - 1, QMp = number(between$QEp)
    )
  }
  list(dataset = dataset, yi = yi, vi = vi, values = values, models = models)
}

# The sets ------------------------------------------------------------------------------------------------------------

table_of <- function(ai, n1i, ci, n2i) data.frame(ai = ai, bi = n1i - ai, ci = ci, di = n2i - ci)
general <- function(yi, vi) data.frame(yi = yi, vi = vi)

correlations <- with(metadat::dat.nakagawa2007, data.frame(ri = Correlation, ni = SampleSize))
strokes <- with(metadat::dat.hine1989, table_of(ai, n1i, ci, n2i))
endpoints <- with(metadat::dat.cannon2006, table_of(ep1t, nt, ep1c, nc))
trials <- metadat::dat.gibson2002[means]
tables <- with(metadat::dat.hahn2001, table_of(ai, n1i, ci, n2i))
three_arms <- with(metadat::dat.franchini2012,
  data.frame(m1i = y1, sd1i = sd1, n1i = n1, m2i = y2, sd2i = sd2, n2i = n2))
# made up: no event in one arm, in both arms, everybody in one arm, and plain tables
zeros <- table_of(c(0, 0, 12, 3, 7), c(20, 25, 12, 40, 33), c(4, 0, 9, 5, 2), c(22, 24, 15, 41, 30))
# made up: no events in one of the two times, and in both
quiet <- data.frame(x1i = c(0, 3, 0, 8), t1i = c(120.5, 300, 80, 410), x2i = c(5, 2, 0, 15), t2i = c(130, 280.25, 75, 390))

analyses <- list(
  analysis_of("dat.hart1999", "IRR", metadat::dat.hart1999[rates]),
  analysis_of("dat.hart1999", "IRD", metadat::dat.hart1999[rates]),
  analysis_of("no events", "IRR", quiet),
  analysis_of("no events", "IRD", quiet),
  analysis_of("dat.nakagawa2007", "COR", correlations),
  analysis_of("dat.nakagawa2007", "ZCOR", correlations),
  analysis_of("dat.gibson2002", "SMDH", trials),
  analysis_of("dat.franchini2012", "MD", three_arms),
  analysis_of("dat.cannon2006", "OR", endpoints),
  analysis_of("dat.hine1989", "RD", strokes),
  analysis_of("dat.hahn2001", "PETO", tables),
  analysis_of("zero cells", "RR", zeros),
  analysis_of("zero cells", "OR", zeros),
  analysis_of("zero cells", "RD", zeros),
  analysis_of("zero cells", "PETO", zeros),
  analysis_of("two studies", "GEN", general(c(0.1, 0.9), c(0.04, 0.09))),
  analysis_of("two alike", "GEN", general(c(0.31, 0.35), c(0.04, 0.09))),
  analysis_of("three studies", "GEN", general(c(-0.4, 0.25, 0.3), c(0.02, 0.05, 0.03))),
  analysis_of("three, hardly different", "GEN", general(c(0.2, 0.21, 0.19), c(0.02, 0.05, 0.03))),
  analysis_of("identical effects", "GEN", general(c(0.3, 0.3, 0.3, 0.3), c(0.1, 0.2, 0.05, 0.4))),
  analysis_of("tied effects and variances", "GEN",
    general(c(0.1, 0.5, 0.5, 0.2, 0.8, 0.1), c(0.02, 0.04, 0.04, 0.02, 0.06, 0.03))),
  analysis_of("very heterogeneous, points", "GEN", general(c(-30, 2, 14, -9, 25), c(4, 9, 2.25, 16, 6.25))),
  analysis_of("huge and small variances", "GEN", general(c(0.2, -1.5, 0.6, 0.1), c(1e-5, 3, 0.4, 0.002)))
)

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = metadat::dat.bcg)
drowns <- metadat::dat.bangertdrowns2004
raudenbush <- metadat::dat.raudenbush1985

regressions <- list(
  regression_of("dat.bcg", bcg$yi, bcg$vi, data.frame(ablat = bcg$ablat)),
  regression_of("dat.bcg", bcg$yi, bcg$vi, data.frame(ablat = bcg$ablat, year = bcg$year)),
  regression_of("dat.raudenbush1985", raudenbush$yi, raudenbush$vi, data.frame(weeks = raudenbush$weeks)),
  regression_of("dat.bangertdrowns2004", drowns$yi, drowns$vi,
    data.frame(length = drowns$length, ni = drowns$ni, meta = drowns$meta)),
  regression_of("four studies", c(0.1, 0.4, 0.35, 0.9), c(0.02, 0.03, 0.05, 0.04), data.frame(dose = c(1, 2, 3, 5)))
)

subgroups <- list(
  subgroups_of("dat.bcg", bcg$yi, bcg$vi, as.character(bcg$alloc)),
  subgroups_of("dat.raudenbush1985", raudenbush$yi, raudenbush$vi, as.character(raudenbush$tester)),
  subgroups_of("one alone", c(0.2, 0.5, 0.1, 0.9), c(0.04, 0.05, 0.02, 0.1), c("a", "a", "a", "b"))
)

whole <- list(analyses = analyses, regressions = regressions, subgroups = subgroups)
cat(toJSON(whole, auto_unbox = TRUE, digits = I(12), na = "null"), "\n")
