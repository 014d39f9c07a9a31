import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceParts } from '#service';
import { DriftWatch } from '../drift/drift-watch.js';
import { TrainingDesk } from '../trainings/training-desk.js';
import { TrainingJournal } from '../trainings/training-journal.js';
import { TrainingTriggers } from '../trainings/training-triggers.js';
import { WithdrawalDesk } from '../withdrawals/withdrawal-desk.js';
import { DriftController } from './drift.controller.js';
import { TrainingsController } from './trainings.controller.js';
import { WithdrawalsController } from './withdrawals.controller.js';

/** What the end-points speak for. */
export interface TrainerParts {
  readonly desk: TrainingDesk;
  readonly journal: TrainingJournal;
  readonly triggers: TrainingTriggers;
  readonly drift: DriftWatch;
  readonly withdrawals: WithdrawalDesk;
}

/** The trainer as a Nest module: `/trainings`, `/withdrawals`, `/drift`, `/health/*` and `/metrics`. */
@Module({})
export class TrainerModule {
  static register({ desk, journal, triggers, drift, withdrawals }: TrainerParts, service: ServiceParts): DynamicModule {
    return {
      module: TrainerModule,
      imports: [ServiceModule.register(service)],
      controllers: [TrainingsController, WithdrawalsController, DriftController],
      providers: [
        { provide: TrainingDesk, useValue: desk },
        { provide: TrainingJournal, useValue: journal },
        { provide: TrainingTriggers, useValue: triggers },
        { provide: DriftWatch, useValue: drift },
        { provide: WithdrawalDesk, useValue: withdrawals },
      ],
    };
  }
}
