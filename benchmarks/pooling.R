# The same as `backed` does in pooling.py, by metafor, for the sets of studies in a file: one line a set, the effects,
# then the variances. Prints the seconds of the loop alone, versions, and beta and tau² of each set.

suppressPackageStartupMessages(library(metafor))
sets <- as.matrix(read.csv(commandArgs(trailingOnly = TRUE)[1], header = FALSE))
k <- ncol(sets) / 2

start <- proc.time()
found <- apply(sets, 1, function(set) {
  fit <- rma(set[1:k], set[(k + 1):(2 * k)], method = "REML", test = "knha")
  c(fit$beta, fit$tau2, confint(fit)$random[1, 3], leave1out(fit)$estimate)
})
spent <- proc.time() - start

cat(spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]], as.character(packageVersion("metafor")),
  paste(R.version$major, R.version$minor, sep = "."), "\n")
write.table(t(found[1:2, ]), row.names = FALSE, col.names = FALSE)
