/** Where a person's joints are, standing on (0, 0), facing right, about 150 tall. First the limb behind, then the one in front. */

export type Point = readonly [number, number];

export interface Pose {
	readonly head: Point;
	readonly neck: Point;
	readonly hip: Point;
	/** Elbow and hand. */
	readonly arms: readonly [readonly [Point, Point], readonly [Point, Point]];
	/** Knee and foot. */
	readonly legs: readonly [readonly [Point, Point], readonly [Point, Point]];
	/** A skirt hangs well in this pose. */
	readonly upright?: boolean;
	/** Drawn lying on the back: the whole body is turned. */
	readonly turned?: boolean;
}

type Limbs = Pose["arms"];

/** The joint and the end of the limb behind, then of the one in front. */
function limbs(...[a, b, c, d, e, f, g, h]: [number, number, number, number, number, number, number, number]): Limbs {
	return [
		[
			[a, b],
			[c, d],
		],
		[
			[e, f],
			[g, h],
		],
	];
}

const standing: Pose = {
	head: [0, -134],
	neck: [0, -116],
	hip: [0, -66],
	arms: limbs(-23, -90, -25, -64, 23, -90, 25, -64),
	legs: limbs(-8, -34, -9, -4, 8, -34, 9, -4),
	upright: true,
};

function vary(base: Pose, change: Partial<Pose>): Pose {
	return { ...base, ...change };
}

const seated: Pose = {
	head: [-6, -122],
	neck: [-10, -104],
	hip: [-12, -54],
	arms: limbs(6, -82, 24, -66, -2, -78, 18, -62),
	legs: limbs(24, -56, 30, -4, 20, -50, 22, -4),
};

const stance: Pose = {
	head: [2, -118],
	neck: [0, -101],
	hip: [-8, -56],
	arms: limbs(-22, -92, -46, -96, 22, -90, 44, -98),
	legs: limbs(-28, -38, -28, -5, 20, -42, 24, -5),
};

const running: Pose = {
	head: [16, -140],
	neck: [11, -122],
	hip: [-2, -74],
	arms: limbs(28, -100, 44, -118, -16, -104, -2, -86),
	legs: limbs(-14, -46, -44, -40, 28, -64, 32, -28),
};

const leaping: Pose = {
	head: [0, -174],
	neck: [0, -156],
	hip: [0, -108],
	arms: limbs(-26, -168, -34, -196, 26, -168, 34, -196),
	legs: limbs(-20, -82, -36, -58, 20, -82, 30, -54),
};

const sideArms = (elbow: Point, hand: Point): Pick<Pose, "arms"> => ({
	arms: [
		[elbow, hand],
		[[elbow[0] - 4, elbow[1] + 6], hand],
	],
});

export const poses = {
	standing,
	walking: vary(standing, {
		arms: limbs(18, -92, 30, -72, -17, -92, -24, -68),
		legs: limbs(-10, -34, -28, -6, 15, -38, 24, -4),
	}),
	running,
	jumping: leaping,
	waving: vary(standing, {
		arms: limbs(-23, -90, -25, -64, 28, -118, 32, -146),
	}),
	sitting: seated,
	reading: vary(seated, {
		head: [-4, -121],
		arms: limbs(6, -80, 26, -84, 0, -76, 22, -82),
	}),
	"sitting-low": {
		head: [-16, -80],
		neck: [-18, -62],
		hip: [-14, -12],
		arms: limbs(2, -46, 18, -38, -34, -40, -40, -8),
		legs: limbs(18, -40, 40, -5, 12, -36, 32, -4),
	},
	lying: vary(standing, { turned: true, upright: false }),
	"riding-bike": {
		head: [18, -150],
		neck: [8, -132],
		hip: [-20, -86],
		arms: limbs(24, -108, 30, -82, 18, -106, 22, -80),
		legs: limbs(10, -66, -6, -40, 16, -56, 6, -16),
	},
	fishing: vary(standing, sideArms([20, -94], [36, -84])),
	"kite-flying": vary(standing, sideArms([24, -116], [38, -138])),
	umbrella: vary(standing, {
		arms: limbs(-23, -90, -25, -64, 22, -92, 22, -118),
	}),
	painting: vary(standing, {
		arms: limbs(14, -92, 30, -78, 24, -100, 46, -108),
	}),
	guitar: vary(standing, {
		arms: limbs(-24, -92, -6, -76, 26, -94, 34, -106),
		upright: false,
	}),
	sweeping: vary(standing, {
		head: [6, -132],
		neck: [4, -115],
		arms: limbs(16, -92, 22, -96, 12, -84, 28, -70),
	}),
	photo: vary(standing, {
		arms: limbs(26, -104, 20, -130, 22, -100, 16, -126),
	}),
	cooking: vary(standing, {
		arms: limbs(-23, -92, -22, -66, 20, -88, 44, -90),
		upright: false,
	}),
	soccer: vary(running, {
		head: [-4, -136],
		neck: [-4, -118],
		hip: [-2, -68],
		arms: limbs(16, -106, 36, -112, -26, -104, -42, -92),
		legs: limbs(-8, -34, -14, -4, 22, -52, 46, -28),
	}),
	tennis: vary(stance, {
		head: [4, -134],
		neck: [2, -116],
		hip: [-2, -66],
		arms: limbs(-20, -100, -34, -84, 24, -122, 40, -140),
		legs: limbs(-20, -36, -34, -4, 16, -40, 24, -4),
	}),
	baseball: vary(standing, {
		head: [4, -128],
		neck: [0, -111],
		hip: [-2, -64],
		arms: limbs(2, -92, -18, -106, -16, -92, -20, -112),
		legs: limbs(-22, -36, -26, -4, 18, -38, 26, -4),
		upright: false,
	}),
	basketball: vary(leaping, {
		arms: limbs(-22, -132, -26, -110, 20, -178, 26, -204),
	}),
	golf: vary(standing, {
		head: [6, -126],
		neck: [0, -110],
		hip: [-8, -64],
		arms: limbs(8, -86, 20, -66, 4, -82, 18, -64),
		legs: limbs(-14, -34, -14, -4, 6, -36, 10, -4),
		upright: false,
	}),
	skiing: vary(stance, {
		head: [16, -112],
		neck: [8, -97],
		hip: [-14, -56],
		arms: limbs(26, -80, 40, -76, 20, -74, 34, -70),
		legs: limbs(14, -40, 0, -8, 10, -36, -4, -6),
	}),
	balancing: stance,
	hockey: vary(stance, {
		head: [14, -118],
		neck: [8, -101],
		hip: [-8, -58],
		arms: limbs(22, -80, 28, -70, 10, -72, 30, -52),
	}),
	volleyball: vary(leaping, {
		arms: limbs(16, -170, 22, -194, 22, -166, 30, -190),
	}),
	archery: vary(standing, {
		arms: limbs(24, -112, 48, -112, -22, -112, 4, -112),
		legs: limbs(-12, -34, -16, -4, 12, -34, 16, -4),
		upright: false,
	}),
} satisfies Readonly<Record<string, Pose>>;

export type PoseName = keyof typeof poses;
