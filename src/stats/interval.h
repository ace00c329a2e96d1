/*
 * interval - how sure: shares, counts, and the errors a method has made before.
 */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include "base/base.h"

/* Wilson's 95 % interval of a share (E. B. Wilson, JASA 1927); n = 0 gives [0, 1]. n_pos is cut to n. */
void wilson(int64_t n_pos, int64_t n, double *ret_lo, double *ret_hi);

/* Tails of the negative binomial with that mean and variance mean + mean²/size; size INFINITY is Poisson. */
double nb_above(double y, double mean, double size); /* P(Y >= y) */
double nb_below(double y, double mean, double size); /* P(Y <= y) */
double nb_point(double y, double mean, double size); /* P(Y = y) */
double nb_quantile(double p, double mean, double size); /* the least y with P(Y <= y) >= p */
double normal_above(double z);

/* Asymmetric split-conformal bands: errors[origin * steps + step] (NAN: not known yet), in the scale in
 * which they are added to a forecast. ret[step] gets the four offsets; lo95 <= lo80 <= 0 <= hi80 <= hi95. */
struct band {
	double lo95, lo80, hi80, hi95;
};
void conformal_bands(struct arena *mem, const double *errors, size_t origins, size_t steps, struct band *ret);

#endif
