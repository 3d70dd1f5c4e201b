# Makes metafor.json: 17 analyses of six public data sets, computed by the R package metafor.
#
#   Rscript tests/reference/metafor.R > tests/reference/metafor.json
#
# Needs R with metafor, metadat and jsonlite (Debian: r-cran-metafor r-cran-metadat r-cran-jsonlite). The pinned file
# was made with metafor 3.8-1 under R 4.2. metafor's defaults are loose (five digits), so every fit is told to be tight.
# Where tau² is in the hundreds, steps of 1e-15 are below the last digit, and whether the iteration comes to a stand
# depends on the linear algebra library; a fit that does not is tried again with ten times the threshold.

suppressPackageStartupMessages({
  library(metafor)
  library(jsonlite)
})

scoring <- list(threshold = 1e-15, maxiter = 10000)   # REML and ML: Fisher scoring
rooting <- list(tol = 1e-15, maxiter = 10000)         # PM: uniroot; EB takes it too, but has no use for tol
tight <- list(tol = 1e-12, tau2.max = 1e6)            # the Q-profile interval; the default limit cuts one off

control_of <- function(method) {
  switch(method, REML = , ML = scoring, PM = , EB = rooting, list())
}

fit_of <- function(yi, vi, method, test) {
  control <- control_of(method)
  for (attempt in 1:5) {
    fit <- tryCatch(rma(yi, vi, method = method, test = test, control = control), error = function(e) e)
    if (!inherits(fit, "error") || is.null(control$threshold)) break
    control$threshold <- control$threshold * 10
  }
  if (inherits(fit, "error")) stop(fit)
  fit
}

methods <- c("EE", "DL", "REML", "PM", "ML", "SJ", "HE", "EB")

counts <- c("ai", "bi", "ci", "di")
means <- c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")

# A column of the data set for each column that escalc asks for -------------------------------------------------

bcg <- with(metadat::dat.bcg, data.frame(ai = tpos, bi = tneg, ci = cpos, di = cneg))
nielweise <- with(metadat::dat.nielweise2007, data.frame(ai = ai, bi = n1i - ai, ci = ci, di = n2i - ci))
li <- with(metadat::dat.li2007, data.frame(ai = ai, bi = n1i - ai, ci = ci, di = n2i - ci))
normand <- metadat::dat.normand1999[means]
molloy <- escalc(measure = "ZCOR", ri = ri, ni = ni, data = metadat::dat.molloy2014)
molloy <- data.frame(yi = as.numeric(molloy$yi), vi = molloy$vi)
raudenbush <- with(metadat::dat.raudenbush1985, data.frame(yi = as.numeric(yi), vi = vi))

grid <- c(
  lapply(c("RR", "OR", "RD", "PETO"), function(m) list("dat.bcg", m, bcg)),
  lapply(c("RR", "OR", "RD", "PETO"), function(m) list("dat.nielweise2007", m, nielweise)),
  lapply(c("RR", "OR", "RD", "PETO"), function(m) list("dat.li2007", m, li)),
  lapply(c("MD", "SMD", "ROM"), function(m) list("dat.normand1999", m, normand)),
  list(list("dat.molloy2014", "GEN", molloy), list("dat.raudenbush1985", "GEN", raudenbush))
)

# One fit ---------------------------------------------------------------------------------------------------------

number <- function(x) if (is.null(x)) list() else unname(as.numeric(x))

model_of <- function(yi, vi, method, test) {
  fit <- fit_of(yi, vi, method, test)
  expected <- predict(fit)
  found <- list(
    method = method, test = test,
    beta = number(fit$beta), se = number(fit$se), ci_lb = number(fit$ci.lb), ci_ub = number(fit$ci.ub),
    pval = number(fit$pval), tau2 = number(fit$tau2), I2 = number(fit$I2), H2 = number(fit$H2),
    QE = number(fit$QE), QEp = number(fit$QEp),
    pi_lb = if (method == "EE") list() else number(expected$pi.lb),
    pi_ub = if (method == "EE") list() else number(expected$pi.ub),
    weights = number(weights(fit))
  )
  if (test == "z" && method %in% c("REML", "DL", "PM")) found$confint <- interval_of(fit)
  if (test == "z" && method == "REML") found <- c(found, further(fit))
  found
}

interval_of <- function(fit) {
  random <- confint(fit, control = tight)$random
  list(
    tau2 = unname(random["tau^2", c("ci.lb", "ci.ub")]),
    I2 = unname(random["I^2(%)", c("ci.lb", "ci.ub")])
  )
}

further <- function(fit) {
  without <- suppressWarnings(leave1out(fit))
  regression <- regtest(fit, model = "lm")
  filled <- trimfill(fit)
  rank <- suppressWarnings(ranktest(fit))
  list(
    leave1out = list(estimate = number(without$estimate), se = number(without$se), tau2 = number(without$tau2)),
    egger = list(zval = number(regression$zval), pval = number(regression$pval)),
    trimfill = list(k0 = number(filled$k0), side = filled$side, beta = number(filled$beta), se = number(filled$se)),
    ranktest = list(tau = number(rank$tau), pval = number(rank$pval))
  )
}

# One analysis ----------------------------------------------------------------------------------------------------

sizes_of <- function(measure, input) {
  found <- if (measure == "GEN") input else do.call(escalc, c(list(measure = measure), as.list(input)))
  found <- data.frame(yi = as.numeric(found$yi), vi = as.numeric(found$vi))
  found[is.finite(found$yi) & is.finite(found$vi), ]
}

pooled_counts <- function(measure, input) {
  arguments <- as.list(input)
  fit <- if (measure == "PETO") do.call(rma.peto, arguments) else do.call(rma.mh, c(arguments, measure = measure))
  list(beta = number(fit$beta), se = number(fit$se), ci_lb = number(fit$ci.lb), ci_ub = number(fit$ci.ub))
}

analysis_of <- function(dataset, measure, input) {
  sizes <- sizes_of(measure, input)
  models <- list()
  for (method in methods) {
    for (test in if (method == "EE") "z" else c("z", "knha")) {
      models[[length(models) + 1]] <- model_of(sizes$yi, sizes$vi, method, test)
    }
  }
  found <- list(
    dataset = dataset, measure = measure, k = nrow(sizes), input = input,
    yi = sizes$yi, vi = sizes$vi, models = models
  )
  if (all(counts %in% names(input))) found$pooled2x2 <- pooled_counts(measure, input)
  found
}

whole <- lapply(grid, function(one) analysis_of(one[[1]], one[[2]], one[[3]]))
cat(toJSON(whole, auto_unbox = TRUE, digits = NA, na = "null"), "\n")
