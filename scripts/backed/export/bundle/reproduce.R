# Pool the studies of this bundle again with the R package metafor and compare the result with the published one.
#
#   Rscript reproduce.R              every outcome in the folder of this file
#   Rscript reproduce.R pain         only the outcomes named
#
# In RStudio: set the working directory to this folder and source the file.
# Needs R with the packages metafor and jsonlite: install.packages(c("metafor", "jsonlite"))
#
# It reads yi and vi of <outcome>/data.csv, takes method and test from <outcome>/results.json, prints each number beside
# the published one, and ends with exit code 0 (all agree), 1 (one differs) or 2 (nothing to compare).
#
# Licence: MIT.

for (name in c("metafor", "jsonlite")) {
  if (!requireNamespace(name, quietly = TRUE)) {
    message("the package ", name, " is missing: install.packages(\"", name, "\")")
    if (interactive()) stop("a package is missing") else quit(status = 2)
  }
}
suppressPackageStartupMessages(library(metafor))

tolerance <- 1e-6   # relative difference at which two numbers count as the same

# metafor's defaults are loose (five digits), so every fit is told to be tight. Both limits follow the size of the
# effects: Fisher scoring cannot stand still to less than the last digit of tau2, and tau2 may be far above 100 where
# effects are in points of a scale. EB keeps its default: where its iteration stops is what sets it apart from PM.
control_of <- function(yi, vi, method) {
  spread <- if (length(yi) > 1) var(yi) else 0
  size <- mean(vi) + spread
  switch(method,
    REML = , ML = list(threshold = 1e-13 * size, maxiter = 10000),
    PM = list(tol = 1e-13 * size, maxiter = 10000, tau2.max = size),
    list()
  )
}

fit_of <- function(yi, vi, method, test) {
  control <- control_of(yi, vi, method)
  fit <- function(control) suppressWarnings(rma(yi, vi, method = method, test = test, control = control))
  # where Fisher scoring swings to and fro, half steps end
  tryCatch(fit(control), error = function(e) fit(c(control, stepadj = 0.5)))
}

# The numbers, in the form of results.json -------------------------------------------------------------------------

plain <- function(x) unname(as.numeric(x))

interval_of <- function(fit, yi, vi) {
  # tau2 at the upper end of a Q-profile interval is not above this
  most <- sum((yi - mean(yi))^2) / qchisq(0.025, length(yi) - 1)
  random <- confint(fit, control = list(tol = 1e-12 * mean(vi), maxiter = 10000, tau2.max = most + mean(vi)))$random
  bounds <- function(row) unname(random[row, c("ci.lb", "ci.ub")])
  list(tau2 = bounds("tau^2"), I2 = bounds("I^2(%)"), H2 = bounds("H^2"))
}

without_each <- function(yi, vi, method, test) {
  fits <- lapply(seq_along(yi), function(i) fit_of(yi[-i], vi[-i], method, test))
  pick <- function(name) vapply(fits, function(fit) plain(fit[[name]]), 0)
  list(estimate = pick("beta"), ci_lb = pick("ci.lb"), ci_ub = pick("ci.ub"))
}

# Signs of small-study effects
small_studies <- list(
  egger = function(fit, test) {
    regression <- suppressWarnings(regtest(fit, model = "lm"))
    list(zval = plain(regression$zval), pval = plain(regression$pval))
  },
  trimfill = function(fit, test) {
    # Its fits have metafor's own limits, but for PM, whose root search would be too rough; ours are done likewise.
    control <- if (fit$method == "PM") fit$control else list()
    # metafor 3.8 fits the filled set with the normal test whatever the model's; a later one is told to
    filled <- tryCatch(
      suppressWarnings(trimfill(fit, test = "z", control = control)),
      error = function(e) suppressWarnings(trimfill(fit, control = control))
    )
    list(k0 = plain(filled$k0), beta = plain(filled$beta), se = plain(filled$se))
  },
  ranktest = function(fit, test) {
    rank <- suppressWarnings(ranktest(fit))
    list(tau = plain(rank$tau), pval = plain(rank$pval))
  }
)

# NULL where metafor has no answer (all variances alike, a search that does not end): that is no disagreement
side_result <- function(name, fit, test) {
  tryCatch(small_studies[[name]](fit, test), error = function(e) {
    cat("  ", name, ": not compared, metafor gives none\n", sep = "")
    NULL
  })
}

found_again <- function(yi, vi, published) {
  method <- published$method
  fit <- fit_of(yi, vi, method, published$test)
  expected <- predict(fit)
  asked <- function(name) !is.null(published[[name]])
  found <- list(
    beta = plain(fit$beta), se = plain(fit$se), ci_lb = plain(fit$ci.lb), ci_ub = plain(fit$ci.ub),
    pval = plain(fit$pval), tau2 = plain(fit$tau2), I2 = plain(fit$I2), H2 = plain(fit$H2),
    QE = plain(fit$QE), QEp = plain(fit$QEp)
  )
  if (asked("pi_lb")) found <- c(found, list(pi_lb = plain(expected$pi.lb), pi_ub = plain(expected$pi.ub)))
  found$weights <- plain(weights(fit))
  if (asked("confint")) found$confint <- interval_of(fit, yi, vi)
  for (name in Filter(asked, names(small_studies))) found[[name]] <- side_result(name, fit, published$test)
  found$read <- read_of(found, published, yi, vi)
  found
}

# What is read: ratios instead of their logarithms, correlations instead of Fisher's z
read_of <- function(found, published, yi, vi) {
  transform <- switch(published$transform, exp = exp, tanh = tanh, identity)
  names <- intersect(c("beta", "ci_lb", "ci_ub", "pi_lb", "pi_ub"), names(found))
  read <- lapply(found[names], transform)
  names(read)[1] <- "estimate"
  if (is.null(published$read$leave1out)) return(read)
  c(read, list(leave1out = lapply(without_each(yi, vi, published$method, published$test), transform)))
}

# The comparison ---------------------------------------------------------------------------------------------------

# What a difference is measured against: the number, or where it is next to zero what it is small beside
size_of <- function(name, published, se, vi, transform) {
  if (startsWith(name, "read") && transform == "exp") return(abs(published))
  last <- sub("^.* ", "", sub(" [0-9]+$", "", name))
  near <- if (last == "tau2") {
    1e-3 * mean(vi)
  } else if (last %in% c("pval", "QE", "QEp", "I2", "H2", "weights", "zval", "tau", "k0")) {
    1e-6
  } else {
    max(se, 1e-3 * sqrt(mean(vi)))
  }
  max(abs(published), near)
}

pairs_of <- function(here, published, at = "") {
  if (is.list(here)) {
    rows <- lapply(names(here), function(name) pairs_of(here[[name]], published[[name]], trimws(paste(at, name))))
    return(do.call(rbind, rows))
  }
  if (is.null(published)) return(NULL)
  count <- max(length(here), length(published))
  name <- if (count > 1) paste(at, seq_len(count)) else at
  pairs <- data.frame(name = name, here = here[seq_len(count)], published = as.numeric(published)[seq_len(count)])
  pairs[!(is.na(pairs$published) & seq_len(count) <= length(published)), ]   # null: nothing was published
}

compare <- function(folder) {
  published <- jsonlite::fromJSON(file.path(folder, "results.json"))
  data <- read.csv(file.path(folder, "data.csv"), fileEncoding = "UTF-8")
  yi <- as.numeric(data$yi)
  vi <- as.numeric(data$vi)
  cat(sprintf("%s: %d rows, %s, %s, %s (metafor %s)\n", basename(folder), length(yi), published$method, published$test,
              published$measure, packageVersion("metafor")))
  cat(sprintf("  %-28s%22s%24s%12s\n", "", "here", "published", "difference"))
  pairs <- pairs_of(found_again(yi, vi, published), published)
  size <- function(name, value) size_of(name, value, published$se, vi, published$transform)
  sizes <- mapply(size, pairs$name, pairs$published)
  difference <- abs(pairs$here - pairs$published) / sizes
  none <- is.nan(pairs$here)   # metafor has no number (a p-value of 0/0 where all effects are 0)
  same <- none | (!is.na(difference) & difference <= tolerance)
  cat(sprintf("  %-28s%22.12g%24.12g%12.1e%s\n", pairs$name, pairs$here, pairs$published, difference,
              ifelse(none, "  not compared", ifelse(same, "", "  DIFFERS"))), sep = "")
  all(same)
}

main <- function() {
  called <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  root <- if (length(called) == 1) dirname(normalizePath(called)) else getwd()
  names <- if (interactive()) character() else commandArgs(TRUE)
  folders <- file.path(root, names)
  if (!length(names)) {
    folders <- list.dirs(root, recursive = FALSE)
    folders <- folders[file.exists(file.path(folders, "results.json"))]
  }
  needed <- c(file.path(folders, "results.json"), file.path(folders, "data.csv"))
  missing <- needed[!file.exists(needed)]
  if (!length(folders) || length(missing)) {
    where <- if (length(missing)) paste(missing, collapse = ", ") else "no folder with results.json here"
    message("nothing to compare: ", where)
    return(2)
  }
  agree <- vapply(sort(folders), compare, TRUE)
  cat(if (all(agree)) "all numbers agree\n" else "SOME NUMBERS DIFFER\n")
  if (all(agree)) 0 else 1
}

status <- main()
if (!interactive()) quit(status = status)
