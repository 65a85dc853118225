# What R's psych says of the fictional answers beside this file: the mean of the answered items of
# each subscale (scoreItems), alpha and omega. Run as make.py says. Debian: r-cran-psych and
# r-cran-gparotation, which its omega asks for.
suppressPackageStartupMessages(library(psych))
said <- grep("^--file=", commandArgs(FALSE), value = TRUE)
here <- dirname(normalizePath(sub("^--file=", "", said)))
full <- function(x) ifelse(is.na(x), "", formatC(x, digits = 17, format = "g", width = 1))

turned <- function(answers, key) {
  items <- answers[, key$item, drop = FALSE]
  for (i in which(key$sign == "-")) items[, i] <- key$lowest[i] + key$highest[i] - items[, i]
  items
}

for (file in list.files(here, pattern = "[.]key[.]csv$")) {
  id <- sub("[.]key[.]csv$", "", file)
  key <- read.csv(file.path(here, file), colClasses = c(sign = "character"))
  answers <- read.csv(file.path(here, paste0(id, ".answers.csv")))
  for (i in which(!is.na(key$without))) {
    item <- key$item[i]
    answers[[item]][which(answers[[item]] == key$without[i])] <- NA
  }
  means <- list(form = answers$form)
  figures <- list()
  for (subscale in unique(key$subscale)) {
    one <- key[key$subscale == subscale, ]
    items <- answers[, one$item, drop = FALSE]
    if (nrow(one) > 1) {
      keys <- list(paste0(ifelse(one$sign == "-", "-", ""), one$item))
      names(keys) <- subscale
      scored <- scoreItems(keys, items, totals = FALSE, impute = "none", missing = TRUE,
                           min = one$lowest[1], max = one$highest[1])
      means[[subscale]] <- full(scored$scores[, 1])
    } else {
      means[[subscale]] <- full(turned(answers, one)[, 1])
      next
    }
    straight <- turned(answers, one)
    whole <- straight[complete.cases(straight), ]
    add <- function(what, value, n) {
      figures[[length(figures) + 1]] <<- data.frame(subscale = subscale, figure = what,
                                                    value = full(value), n = n)
    }
    quiet <- function(x) suppressMessages(suppressWarnings(x))
    add("alpha_pairwise", quiet(alpha(straight, check.keys = FALSE))$total$raw_alpha,
        sum(rowSums(!is.na(straight)) > 0))
    add("alpha_listwise", quiet(alpha(whole, check.keys = FALSE))$total$raw_alpha, nrow(whole))
    if (nrow(one) > 2) {
      R <- cor(straight, use = "pairwise")
      found <- quiet(omega(R, nfactors = 1, flip = FALSE, plot = FALSE))
      add("omega_total", found$omega.tot, sum(rowSums(!is.na(straight)) > 0))
    }
    totals <- rowMeans(straight, na.rm = TRUE)
    told <- t.test(totals)
    add("mean_of_means", unname(told$estimate), length(totals))
    add("lower_of_means", told$conf.int[1], length(totals))
    add("upper_of_means", told$conf.int[2], length(totals))
    # The first 40 forms as if they were those of staff, the rest as if those of residents.
    welch <- t.test(totals[1:40], totals[-(1:40)])
    add("welch_lower", welch$conf.int[1], 40)
    add("welch_upper", welch$conf.int[2], 40)
    add("welch_df", unname(welch$parameter), 40)
  }
  write.csv(as.data.frame(means, check.names = FALSE),
            file.path(here, paste0(id, ".means.csv")), row.names = FALSE, quote = FALSE)
  if (length(figures)) {
    write.csv(do.call(rbind, figures), file.path(here, paste0(id, ".figures.csv")),
              row.names = FALSE, quote = FALSE)
  }
}
